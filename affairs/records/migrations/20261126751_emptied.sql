-- What may not be deleted is not emptied at a stroke either; SQLite has no statement that would.
-- only: postgres
CREATE TRIGGER record_attribute_emptied BEFORE TRUNCATE ON record_attribute
FOR EACH STATEMENT EXECUTE FUNCTION record_refuse('公开属性的意见只增不减');
CREATE TRIGGER record_reassessment_emptied BEFORE TRUNCATE ON record_reassessment
FOR EACH STATEMENT EXECUTE FUNCTION record_refuse('评估决定以后不能改动');
CREATE TRIGGER record_assessment_emptied BEFORE TRUNCATE ON record_assessment
FOR EACH STATEMENT EXECUTE FUNCTION record_refuse('个人信息保护影响评估至少保存三年');
CREATE TRIGGER record_wording_emptied BEFORE TRUNCATE ON record_wording
FOR EACH STATEMENT EXECUTE FUNCTION record_refuse('提出的词表不能改动，只由另一人决定一次');
CREATE TRIGGER record_check_rule_emptied BEFORE TRUNCATE ON record_check_rule
FOR EACH STATEMENT EXECUTE FUNCTION record_refuse('抽查规则定了不能改动，只能停用');
CREATE TRIGGER record_check_draw_emptied BEFORE TRUNCATE ON record_check_draw
FOR EACH STATEMENT EXECUTE FUNCTION record_refuse('抽取结果不能改动');
CREATE TRIGGER record_check_case_emptied BEFORE TRUNCATE ON record_check_case
FOR EACH STATEMENT EXECUTE FUNCTION record_refuse('抽到的文件不能换');
CREATE TRIGGER record_check_finding_emptied BEFORE TRUNCATE ON record_check_finding
FOR EACH STATEMENT EXECUTE FUNCTION record_refuse('抽查的记录只增不减');
CREATE TRIGGER record_check_answer_emptied BEFORE TRUNCATE ON record_check_answer
FOR EACH STATEMENT EXECUTE FUNCTION record_refuse('整改的答复不能改动，只由抽查人复查一次');
CREATE TRIGGER record_check_hand_emptied BEFORE TRUNCATE ON record_check_hand
FOR EACH STATEMENT EXECUTE FUNCTION record_refuse('抽查过的人不能改动');
CREATE TRIGGER record_deposit_emptied BEFORE TRUNCATE ON record_deposit
FOR EACH STATEMENT EXECUTE FUNCTION record_refuse('移交的一批不能改动，只登记一次回执');
CREATE TRIGGER record_deposit_item_emptied BEFORE TRUNCATE ON record_deposit_item
FOR EACH STATEMENT EXECUTE FUNCTION record_refuse('移交清单不能改动');
CREATE TRIGGER record_destruction_emptied BEFORE TRUNCATE ON record_destruction
FOR EACH STATEMENT EXECUTE FUNCTION record_refuse('销毁的决定不能改动');
CREATE TRIGGER record_destruction_item_emptied BEFORE TRUNCATE ON record_destruction_item
FOR EACH STATEMENT EXECUTE FUNCTION record_refuse('销毁的清册不能改动');
