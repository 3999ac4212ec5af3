# Words and installing, shared by ./run and ./test; sourced, never run.
# Whoever has no root and no apt is told what is missing, and the caller decides whether to go on.

export DEBIAN_FRONTEND=noninteractive

say() { printf '[%4d 秒] %s\n' "$SECONDS" "$*" >&2; }

fail() {
  printf '错误: %s\n改法: %s\n' "$1" "$2" >&2
  exit 1
}

# Runs a command as root: directly, or through sudo where it asks no password.
as_root() {
  if [ "$(id -u)" = 0 ]; then
    "$@"
  elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
    sudo -n --preserve-env=DEBIAN_FRONTEND "$@"
  else
    return 77
  fi
}

can_install() {
  command -v apt-get >/dev/null || { say "这台机器没有 apt, 不能自动安装: $*"; return 1; }
  as_root true || { say "没有管理员权限, 不能自动安装: $*"; return 1; }
}

# Package lists are refreshed once a day at most: a stale list names packages that are gone.
refresh_lists() {
  local fresh
  fresh=$(find /var/lib/apt/lists -maxdepth 1 -name '*Packages*' -mmin -1440 2>/dev/null | head -n 1)
  [ -n "$fresh" ] || as_root timeout 300 apt-get update -qq </dev/null >/dev/null 2>&1 || true
}

# Installs Debian packages; false when one of them did not come. Two callers at once wait for each other.
install_packages() {
  local missing=() name
  for name; do is_installed "$name" || missing+=("$name"); done
  [ ${#missing[@]} = 0 ] && return
  can_install "${missing[@]}" || return 1
  refresh_lists
  as_root timeout 1500 apt-get install -y -qq --no-install-recommends \
    -o DPkg::Lock::Timeout=600 "${missing[@]}" </dev/null >>"${INSTALL_LOG:-/dev/null}" 2>&1 || {
    as_root timeout 300 apt-get update -qq </dev/null >/dev/null 2>&1
    as_root timeout 1500 apt-get install -y -qq --no-install-recommends \
      -o DPkg::Lock::Timeout=600 "${missing[@]}" </dev/null >>"${INSTALL_LOG:-/dev/null}" 2>&1
  }
}

is_installed() { dpkg-query -W -f '${Status}' "$1" 2>/dev/null | grep -q 'ok installed'; }
