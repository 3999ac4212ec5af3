//! 公开渠道: what this room offers to the house, all of it on this screen.

mod acts;
mod portal;
mod store;

use web::Room;

/// The whole room.
pub fn room() -> Room {
    Room { name: "channels", title: "公开渠道", ..Room::default() }
}
