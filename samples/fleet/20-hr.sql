-- People, teams and shifts.
SET NAMES utf8mb4;
CREATE DATABASE hr CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
USE hr;

CREATE TABLE legal_entity (
  entity_id TINYINT UNSIGNED NOT NULL,
  name VARCHAR(120) NOT NULL COMMENT '법인명',
  country_code CHAR(2) NOT NULL,
  registration_no VARCHAR(20) NOT NULL COMMENT '사업자등록번호 / Handelsregisternummer',
  PRIMARY KEY (entity_id),
  UNIQUE KEY uq_legal_entity_registration (country_code, registration_no),
  CONSTRAINT fk_legal_entity_country FOREIGN KEY (country_code) REFERENCES geo.country (country_code)
) COMMENT = '법인 / Legal entities';

CREATE TABLE office (
  office_id SMALLINT UNSIGNED NOT NULL AUTO_INCREMENT,
  entity_id TINYINT UNSIGNED NOT NULL,
  city_id SMALLINT UNSIGNED NOT NULL,
  name VARCHAR(80) NOT NULL COMMENT '예: 성수 본사, Berlin Ostkreuz',
  address VARCHAR(200) NOT NULL,
  is_depot BOOLEAN NOT NULL DEFAULT FALSE COMMENT '정비소 겸용 여부',
  PRIMARY KEY (office_id),
  CONSTRAINT fk_office_entity FOREIGN KEY (entity_id) REFERENCES legal_entity (entity_id),
  CONSTRAINT fk_office_city FOREIGN KEY (city_id) REFERENCES geo.city (city_id)
) COMMENT = '사무실과 정비소 / Offices and depots';

CREATE TABLE department (
  department_id SMALLINT UNSIGNED NOT NULL AUTO_INCREMENT,
  parent_id SMALLINT UNSIGNED NULL COMMENT 'NULL = 최상위 조직',
  name_en VARCHAR(80) NOT NULL,
  name_ko VARCHAR(80) NOT NULL COMMENT '부서명',
  cost_center VARCHAR(12) NOT NULL COMMENT '코스트센터, as in the ERP',
  PRIMARY KEY (department_id),
  UNIQUE KEY uq_department_cost_center (cost_center),
  CONSTRAINT fk_department_parent FOREIGN KEY (parent_id) REFERENCES department (department_id)
) COMMENT = '부서 / Departments, a tree';

CREATE TABLE job_grade (
  grade CHAR(3) NOT NULL COMMENT 'E1 to E7, M1 to M4',
  title_en VARCHAR(60) NOT NULL,
  title_ko VARCHAR(60) NOT NULL COMMENT '직급',
  PRIMARY KEY (grade)
) COMMENT = '직급 / Job grades';

CREATE TABLE employee (
  employee_id INT UNSIGNED NOT NULL AUTO_INCREMENT,
  employee_no CHAR(8) NOT NULL COMMENT '사번',
  family_name VARCHAR(60) NOT NULL COMMENT '성',
  given_name VARCHAR(60) NOT NULL COMMENT '이름',
  display_name VARCHAR(122) GENERATED ALWAYS AS (CONCAT(given_name, ' ', family_name)) VIRTUAL COMMENT 'For directories; Korean names are shown by hr_name()',
  email VARCHAR(160) NOT NULL,
  office_id SMALLINT UNSIGNED NOT NULL,
  department_id SMALLINT UNSIGNED NOT NULL,
  grade CHAR(3) NOT NULL,
  manager_id INT UNSIGNED NULL COMMENT '직속 상사',
  employment ENUM('full_time','part_time','working_student','contractor') NOT NULL DEFAULT 'full_time' COMMENT '정규직 / 시간제 / 근로학생 / 계약직',
  hired_on DATE NOT NULL COMMENT '입사일',
  left_on DATE NULL COMMENT '퇴사일',
  PRIMARY KEY (employee_id),
  UNIQUE KEY uq_employee_no (employee_no),
  UNIQUE KEY uq_employee_email (email),
  KEY ix_employee_name (family_name, given_name),
  CONSTRAINT fk_employee_office FOREIGN KEY (office_id) REFERENCES office (office_id),
  CONSTRAINT fk_employee_department FOREIGN KEY (department_id) REFERENCES department (department_id),
  CONSTRAINT fk_employee_grade FOREIGN KEY (grade) REFERENCES job_grade (grade),
  CONSTRAINT fk_employee_manager FOREIGN KEY (manager_id) REFERENCES employee (employee_id)
) COMMENT = '임직원 / Employees. Personal data: restricted';

CREATE TABLE salary (
  employee_id INT UNSIGNED NOT NULL,
  valid_from DATE NOT NULL,
  amount DECIMAL(14,2) NOT NULL COMMENT '월 기본급 / gross per month',
  currency CHAR(3) NOT NULL,
  PRIMARY KEY (employee_id, valid_from),
  CONSTRAINT fk_salary_employee FOREIGN KEY (employee_id) REFERENCES employee (employee_id),
  CONSTRAINT ck_salary_amount CHECK (amount > 0)
) COMMENT = '급여 이력 / Salary history. Confidential';

CREATE TABLE leave_balance (
  employee_id INT UNSIGNED NOT NULL,
  leave_year SMALLINT UNSIGNED NOT NULL,
  entitled_days DECIMAL(4,1) NOT NULL COMMENT '연차 부여일수',
  taken_days DECIMAL(4,1) NOT NULL DEFAULT 0.0 COMMENT '사용일수',
  remaining_days DECIMAL(5,1) GENERATED ALWAYS AS (entitled_days - taken_days) STORED COMMENT '잔여일수',
  PRIMARY KEY (employee_id, leave_year),
  CONSTRAINT fk_leave_balance_employee FOREIGN KEY (employee_id) REFERENCES employee (employee_id)
) COMMENT = '연차 / Annual leave';

CREATE TABLE certification (
  certification_id INT UNSIGNED NOT NULL AUTO_INCREMENT,
  employee_id INT UNSIGNED NOT NULL,
  kind ENUM('bike_mechanic','high_voltage','forklift','first_aid') NOT NULL COMMENT '자전거정비 / 고전압 / 지게차 / 응급처치',
  issued_on DATE NOT NULL,
  expires_on DATE NULL,
  scan MEDIUMBLOB NULL COMMENT '자격증 사본 (PDF)',
  PRIMARY KEY (certification_id),
  KEY ix_certification_expiry (expires_on),
  CONSTRAINT fk_certification_employee FOREIGN KEY (employee_id) REFERENCES employee (employee_id)
) COMMENT = '자격 / Certificates of field staff';

CREATE TABLE shift (
  shift_id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  employee_id INT UNSIGNED NOT NULL,
  office_id SMALLINT UNSIGNED NOT NULL COMMENT 'Depot of the shift',
  starts_at DATETIME NOT NULL COMMENT 'UTC',
  ends_at DATETIME NOT NULL COMMENT 'UTC',
  role SET('rebalancing','battery_swap','repair','dispatch') NOT NULL COMMENT '재배치 / 배터리교체 / 수리 / 관제',
  PRIMARY KEY (shift_id),
  KEY ix_shift_employee_start (employee_id, starts_at),
  CONSTRAINT fk_shift_employee FOREIGN KEY (employee_id) REFERENCES employee (employee_id),
  CONSTRAINT fk_shift_office FOREIGN KEY (office_id) REFERENCES office (office_id),
  CONSTRAINT ck_shift_order CHECK (ends_at > starts_at)
) COMMENT = '근무조 / Field shifts';

CREATE TABLE works_council_member (
  entity_id TINYINT UNSIGNED NOT NULL,
  employee_id INT UNSIGNED NOT NULL,
  elected_on DATE NOT NULL,
  PRIMARY KEY (entity_id, employee_id),
  CONSTRAINT fk_works_council_entity FOREIGN KEY (entity_id) REFERENCES legal_entity (entity_id),
  CONSTRAINT fk_works_council_employee FOREIGN KEY (employee_id) REFERENCES employee (employee_id)
) COMMENT = '노사협의회 / Betriebsrat';

CREATE VIEW org_directory AS
SELECT e.employee_no, e.display_name, e.email, d.name_en AS department, o.name AS office, m.display_name AS manager
FROM employee e
JOIN department d ON d.department_id = e.department_id
JOIN office o ON o.office_id = e.office_id
LEFT JOIN employee m ON m.employee_id = e.manager_id
WHERE e.left_on IS NULL;

CREATE VIEW headcount_by_city AS
SELECT c.slug AS city, e.employment, COUNT(*) AS employees
FROM employee e
JOIN office o ON o.office_id = e.office_id
JOIN geo.city c ON c.city_id = o.city_id
WHERE e.left_on IS NULL
GROUP BY c.slug, e.employment;

DELIMITER //
CREATE FUNCTION hr_name(family VARCHAR(60), given VARCHAR(60), country CHAR(2)) RETURNS VARCHAR(122) CHARSET utf8mb4
  DETERMINISTIC
  NO SQL
  COMMENT '국가별 성명 표기: 김민서, Anna Weber'
BEGIN
  IF country = 'KR' THEN
    RETURN CONCAT(family, given);
  END IF;
  RETURN CONCAT(given, ' ', family);
END//

CREATE PROCEDURE grant_annual_leave(IN for_year SMALLINT UNSIGNED)
  MODIFIES SQL DATA
  COMMENT '연차 일괄 부여 / Opens a leave year for all active employees'
BEGIN
  INSERT INTO leave_balance (employee_id, leave_year, entitled_days)
  SELECT e.employee_id, for_year, IF(l.country_code = 'KR', 15.0, 28.0)
  FROM employee e
  JOIN office o ON o.office_id = e.office_id
  JOIN legal_entity l ON l.entity_id = o.entity_id
  WHERE e.left_on IS NULL;
END//
DELIMITER ;

INSERT INTO legal_entity VALUES
  (1, '한강모빌리티 주식회사', 'KR', '214-88-00000'),
  (2, 'Hangang Mobility GmbH', 'DE', 'HRB 000000 B');
INSERT INTO office (office_id, entity_id, city_id, name, address, is_depot) VALUES
  (1, 1, 1, '성수 본사', '서울특별시 성동구 성수이로 1', FALSE),
  (2, 1, 1, '상암 정비소', '서울특별시 마포구 월드컵로 1', TRUE),
  (3, 2, 2, 'Berlin Ostkreuz', 'Hauptstraße 1, 10317 Berlin', TRUE);
INSERT INTO department (department_id, parent_id, name_en, name_ko, cost_center) VALUES
  (1, NULL, 'Operations', '운영본부', 'OPS-100'),
  (2, 1, 'Field Operations', '현장운영팀', 'OPS-110'),
  (3, NULL, 'Data Platform', '데이터플랫폼팀', 'ENG-210');
INSERT INTO job_grade VALUES ('E3', 'Specialist', '대리'), ('E5', 'Senior', '책임'), ('M2', 'Head of department', '본부장');
INSERT INTO employee (employee_id, employee_no, family_name, given_name, email, office_id, department_id, grade, manager_id, employment, hired_on) VALUES
  (1, 'HM000001', '김', '민서', 'minseo.kim@hangang.example', 1, 1, 'M2', NULL, 'full_time', '2020-11-02'),
  (2, 'HM000042', '박', '도윤', 'doyun.park@hangang.example', 2, 2, 'E3', 1, 'full_time', '2022-03-14'),
  (3, 'HM000107', 'Weber', 'Anna', 'anna.weber@hangang.example', 3, 2, 'E5', 1, 'full_time', '2023-04-01'),
  (4, 'HM000131', 'Yılmaz', 'Deniz', 'deniz.yilmaz@hangang.example', 3, 3, 'E3', 1, 'working_student', '2024-10-01');
INSERT INTO salary VALUES (1, '2026-01-01', 9800000.00, 'KRW'), (3, '2026-01-01', 5600.00, 'EUR');
INSERT INTO certification (employee_id, kind, issued_on, expires_on) VALUES (2, 'bike_mechanic', '2022-06-01', NULL), (3, 'high_voltage', '2024-02-10', '2027-02-10');
INSERT INTO shift (employee_id, office_id, starts_at, ends_at, role) VALUES (2, 2, '2026-11-02 21:00:00', '2026-11-03 05:00:00', 'rebalancing,battery_swap');
CALL grant_annual_leave(2026);
