-- Customer support in Korean, German and English.
SET NAMES utf8mb4;
CREATE DATABASE support CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
USE support;

CREATE TABLE queue (
  queue_id SMALLINT UNSIGNED NOT NULL AUTO_INCREMENT,
  name VARCHAR(60) NOT NULL COMMENT '상담 큐',
  language CHAR(2) NOT NULL COMMENT 'ISO 639-1',
  first_answer_minutes SMALLINT UNSIGNED NOT NULL COMMENT '최초 응답 목표 (분)',
  PRIMARY KEY (queue_id)
) COMMENT = '상담 큐 / Queues';

CREATE TABLE agent (
  employee_id INT UNSIGNED NOT NULL COMMENT 'Also the key: an agent is an employee',
  queue_id SMALLINT UNSIGNED NOT NULL,
  nickname VARCHAR(40) NOT NULL COMMENT '상담사 별칭',
  PRIMARY KEY (employee_id),
  CONSTRAINT fk_agent_employee FOREIGN KEY (employee_id) REFERENCES hr.employee (employee_id),
  CONSTRAINT fk_agent_queue FOREIGN KEY (queue_id) REFERENCES queue (queue_id)
) COMMENT = '상담사 / Agents';

CREATE TABLE category (
  category_id SMALLINT UNSIGNED NOT NULL AUTO_INCREMENT,
  parent_id SMALLINT UNSIGNED NULL,
  name_en VARCHAR(80) NOT NULL,
  name_ko VARCHAR(80) NOT NULL COMMENT '문의 유형',
  PRIMARY KEY (category_id),
  CONSTRAINT fk_category_parent FOREIGN KEY (parent_id) REFERENCES category (category_id)
) COMMENT = '문의 유형 / Categories, two levels';

CREATE TABLE ticket (
  ticket_id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  rider_id BIGINT UNSIGNED NOT NULL,
  ride_id BIGINT UNSIGNED NULL,
  charge_id BIGINT UNSIGNED NULL,
  queue_id SMALLINT UNSIGNED NOT NULL,
  category_id SMALLINT UNSIGNED NOT NULL,
  agent_id INT UNSIGNED NULL COMMENT '담당 상담사',
  channel ENUM('app','email','phone','kakao') NOT NULL COMMENT '접수 채널',
  priority ENUM('low','normal','high','safety') NOT NULL DEFAULT 'normal',
  status ENUM('open','waiting','solved','closed') NOT NULL DEFAULT 'open',
  subject VARCHAR(200) NOT NULL COMMENT '제목',
  opened_at DATETIME NOT NULL,
  solved_at DATETIME NULL,
  PRIMARY KEY (ticket_id),
  KEY ix_ticket_queue_status (queue_id, status, priority),
  CONSTRAINT fk_ticket_rider FOREIGN KEY (rider_id) REFERENCES mobility.rider (rider_id),
  CONSTRAINT fk_ticket_ride FOREIGN KEY (ride_id) REFERENCES mobility.ride (ride_id),
  CONSTRAINT fk_ticket_charge FOREIGN KEY (charge_id) REFERENCES payments.charge (charge_id),
  CONSTRAINT fk_ticket_queue FOREIGN KEY (queue_id) REFERENCES queue (queue_id),
  CONSTRAINT fk_ticket_category FOREIGN KEY (category_id) REFERENCES category (category_id),
  CONSTRAINT fk_ticket_agent FOREIGN KEY (agent_id) REFERENCES agent (employee_id)
) COMMENT = '문의 / Tickets';

CREATE TABLE message (
  ticket_id BIGINT UNSIGNED NOT NULL,
  seq SMALLINT UNSIGNED NOT NULL,
  author ENUM('rider','agent','bot') NOT NULL COMMENT '이용자 / 상담사 / 챗봇',
  body TEXT NOT NULL COMMENT '본문, may hold personal data',
  sent_at DATETIME(3) NOT NULL,
  PRIMARY KEY (ticket_id, seq),
  FULLTEXT KEY ft_message_body (body),
  CONSTRAINT fk_message_ticket FOREIGN KEY (ticket_id) REFERENCES ticket (ticket_id) ON DELETE CASCADE
) COMMENT = '대화 / Messages of a ticket';

CREATE TABLE macro (
  macro_id SMALLINT UNSIGNED NOT NULL AUTO_INCREMENT,
  language CHAR(2) NOT NULL,
  title VARCHAR(80) NOT NULL,
  body TEXT NOT NULL COMMENT '상용구',
  PRIMARY KEY (macro_id)
) COMMENT = '상용구 / Answers ready to send';

CREATE TABLE ticket_tag (
  ticket_id BIGINT UNSIGNED NOT NULL,
  tag VARCHAR(40) NOT NULL,
  PRIMARY KEY (ticket_id, tag),
  KEY ix_ticket_tag (tag),
  CONSTRAINT fk_ticket_tag_ticket FOREIGN KEY (ticket_id) REFERENCES ticket (ticket_id) ON DELETE CASCADE
) COMMENT = '태그 / Tags of tickets';

CREATE TABLE satisfaction (
  ticket_id BIGINT UNSIGNED NOT NULL,
  score TINYINT NOT NULL COMMENT '만족도 1-5',
  remark VARCHAR(500) NULL,
  answered_at DATETIME NOT NULL,
  PRIMARY KEY (ticket_id),
  CONSTRAINT fk_satisfaction_ticket FOREIGN KEY (ticket_id) REFERENCES ticket (ticket_id),
  CONSTRAINT ck_satisfaction_score CHECK (score BETWEEN 1 AND 5)
) COMMENT = '만족도 조사 / Satisfaction survey';

CREATE VIEW open_ticket AS
SELECT t.ticket_id, q.name AS queue, t.priority, t.subject, TIMESTAMPDIFF(MINUTE, t.opened_at, UTC_TIMESTAMP()) AS age_minutes
FROM ticket t JOIN queue q ON q.queue_id = t.queue_id
WHERE t.status IN ('open', 'waiting');

INSERT INTO queue (queue_id, name, language, first_answer_minutes) VALUES (1, '국내 상담', 'ko', 10), (2, 'Berlin', 'de', 30);
INSERT INTO agent VALUES (4, 2, 'Deniz');
INSERT INTO category (category_id, parent_id, name_en, name_ko) VALUES (1, NULL, 'Payment', '결제'), (2, 1, 'Charged twice', '중복 결제'), (3, NULL, 'Vehicle', '기기');
INSERT INTO ticket (ticket_id, rider_id, ride_id, charge_id, queue_id, category_id, agent_id, channel, subject, opened_at) VALUES (1, 2, 2, 2, 2, 2, 4, 'app', 'Fahrt doppelt abgebucht?', '2026-11-02 09:10:00');
INSERT INTO message VALUES (1, 1, 'rider', 'Hallo, ich sehe zwei Abbuchungen für eine Fahrt.', '2026-11-02 09:10:00.000'), (1, 2, 'bot', 'Danke! Wir prüfen das.', '2026-11-02 09:10:02.150');
INSERT INTO macro (language, title, body) VALUES ('ko', '환불 안내', '환불은 영업일 기준 3~5일이 걸립니다.');
INSERT INTO ticket_tag VALUES (1, 'double_charge');
