-- What may not be deleted is not emptied at a stroke either; SQLite has no statement that would.
-- only: postgres
CREATE TRIGGER review_unit_emptied BEFORE TRUNCATE ON review_unit
FOR EACH STATEMENT EXECUTE FUNCTION review_refuse('审查记录只增不减');
CREATE TRIGGER review_piece_emptied BEFORE TRUNCATE ON review_piece
FOR EACH STATEMENT EXECUTE FUNCTION review_refuse('审查记录只增不减');
CREATE TRIGGER review_author_emptied BEFORE TRUNCATE ON review_author
FOR EACH STATEMENT EXECUTE FUNCTION review_refuse('审查记录只增不减');
CREATE TRIGGER review_demand_emptied BEFORE TRUNCATE ON review_demand
FOR EACH STATEMENT EXECUTE FUNCTION review_refuse('送审以后不能减少审查环节');
CREATE TRIGGER review_step_emptied BEFORE TRUNCATE ON review_step
FOR EACH STATEMENT EXECUTE FUNCTION review_refuse('审查记录只增不减');
CREATE TRIGGER publication_emptied BEFORE TRUNCATE ON publication
FOR EACH STATEMENT EXECUTE FUNCTION review_refuse('发布记录只增不减');
