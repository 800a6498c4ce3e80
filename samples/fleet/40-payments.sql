-- Money: charges, refunds, invoices and the ledger.
SET NAMES utf8mb4;
CREATE DATABASE payments CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
USE payments;

CREATE TABLE provider (
  provider_code VARCHAR(20) NOT NULL COMMENT 'PG 코드, e.g. toss, adyen',
  name VARCHAR(80) NOT NULL,
  country_code CHAR(2) NOT NULL,
  settlement_days TINYINT UNSIGNED NOT NULL COMMENT '정산 주기 (영업일)',
  PRIMARY KEY (provider_code),
  CONSTRAINT fk_provider_country FOREIGN KEY (country_code) REFERENCES geo.country (country_code)
) COMMENT = '결제대행사 (PG) / Payment providers';

CREATE TABLE payment_method (
  method_id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  rider_id BIGINT UNSIGNED NOT NULL,
  provider_code VARCHAR(20) NOT NULL,
  kind ENUM('card','kakao_pay','naver_pay','paypal','sepa_debit','apple_pay') NOT NULL COMMENT '결제수단',
  token VARBINARY(128) NOT NULL COMMENT '빌링키 (암호화) / provider''s token, encrypted; never a card number',
  label VARCHAR(40) NOT NULL COMMENT '예: 신한 •••• 1234',
  expires_on DATE NULL,
  is_default BOOLEAN NOT NULL DEFAULT FALSE,
  PRIMARY KEY (method_id),
  KEY ix_payment_method_rider (rider_id),
  CONSTRAINT fk_payment_method_rider FOREIGN KEY (rider_id) REFERENCES mobility.rider (rider_id),
  CONSTRAINT fk_payment_method_provider FOREIGN KEY (provider_code) REFERENCES provider (provider_code)
) COMMENT = '등록 결제수단 / Stored payment methods';

CREATE TABLE pass_product (
  product_id SMALLINT UNSIGNED NOT NULL AUTO_INCREMENT,
  city_id SMALLINT UNSIGNED NOT NULL,
  name_en VARCHAR(80) NOT NULL,
  name_local VARCHAR(80) NOT NULL COMMENT '상품명, 예: 30일 정기권',
  days SMALLINT UNSIGNED NOT NULL,
  free_minutes_per_ride SMALLINT UNSIGNED NOT NULL,
  price DECIMAL(12,2) NOT NULL,
  currency CHAR(3) NOT NULL,
  PRIMARY KEY (product_id),
  CONSTRAINT fk_pass_product_city FOREIGN KEY (city_id) REFERENCES geo.city (city_id)
) COMMENT = '정기권 상품 / Passes on sale';

CREATE TABLE pass (
  pass_id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  product_id SMALLINT UNSIGNED NOT NULL,
  rider_id BIGINT UNSIGNED NOT NULL,
  starts_on DATE NOT NULL,
  ends_on DATE NOT NULL,
  auto_renew BOOLEAN NOT NULL DEFAULT TRUE COMMENT '자동 갱신',
  PRIMARY KEY (pass_id),
  KEY ix_pass_rider (rider_id, ends_on),
  CONSTRAINT fk_pass_product FOREIGN KEY (product_id) REFERENCES pass_product (product_id),
  CONSTRAINT fk_pass_rider FOREIGN KEY (rider_id) REFERENCES mobility.rider (rider_id)
) COMMENT = '구매 정기권 / Passes bought';

CREATE TABLE charge (
  charge_id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  idempotency_key BINARY(16) NOT NULL COMMENT '중복 결제 방지 키',
  ride_id BIGINT UNSIGNED NULL COMMENT 'One of ride_id and pass_id is set',
  pass_id BIGINT UNSIGNED NULL,
  method_id BIGINT UNSIGNED NOT NULL,
  net_amount DECIMAL(14,2) NOT NULL COMMENT '공급가액',
  vat_amount DECIMAL(14,2) NOT NULL COMMENT '부가세',
  gross_amount DECIMAL(15,2) GENERATED ALWAYS AS (net_amount + vat_amount) STORED COMMENT '결제금액',
  currency CHAR(3) NOT NULL,
  status ENUM('created','authorized','captured','failed','voided') NOT NULL DEFAULT 'created' COMMENT '생성 / 승인 / 매입 / 실패 / 취소',
  failure_code VARCHAR(40) NULL,
  provider_response JSON NULL COMMENT '응답 원문 (마스킹) / masked',
  created_at TIMESTAMP(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
  PRIMARY KEY (charge_id),
  UNIQUE KEY uq_charge_idempotency (idempotency_key),
  KEY ix_charge_status_created (status, created_at),
  CONSTRAINT fk_charge_ride FOREIGN KEY (ride_id) REFERENCES mobility.ride (ride_id),
  CONSTRAINT fk_charge_pass FOREIGN KEY (pass_id) REFERENCES pass (pass_id),
  CONSTRAINT fk_charge_method FOREIGN KEY (method_id) REFERENCES payment_method (method_id),
  CONSTRAINT ck_charge_amount CHECK (net_amount >= 0 AND vat_amount >= 0)
) COMMENT = '결제 / Charges';

CREATE TABLE refund (
  refund_id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  charge_id BIGINT UNSIGNED NOT NULL,
  amount DECIMAL(14,2) NOT NULL,
  reason ENUM('goodwill','defect','double_charge','withdrawal') NOT NULL COMMENT '보상 / 고장 / 중복결제 / 청약철회',
  approved_by INT UNSIGNED NULL COMMENT '승인자 (hr.employee)',
  created_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
  PRIMARY KEY (refund_id),
  CONSTRAINT fk_refund_charge FOREIGN KEY (charge_id) REFERENCES charge (charge_id),
  CONSTRAINT fk_refund_approver FOREIGN KEY (approved_by) REFERENCES hr.employee (employee_id)
) COMMENT = '환불 / Refunds';

CREATE TABLE coupon (
  code VARCHAR(24) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT '쿠폰 코드',
  campaign VARCHAR(80) NOT NULL,
  percent_off TINYINT UNSIGNED NULL,
  amount_off DECIMAL(12,2) NULL,
  max_uses INT UNSIGNED NOT NULL DEFAULT 1,
  valid_until DATETIME NOT NULL,
  PRIMARY KEY (code),
  CONSTRAINT ck_coupon_kind CHECK (percent_off IS NULL OR amount_off IS NULL)
) COMMENT = '쿠폰 / Coupons';

CREATE TABLE coupon_use (
  code VARCHAR(24) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  charge_id BIGINT UNSIGNED NOT NULL,
  discount DECIMAL(12,2) NOT NULL COMMENT '할인액',
  PRIMARY KEY (code, charge_id),
  CONSTRAINT fk_coupon_use_coupon FOREIGN KEY (code) REFERENCES coupon (code),
  CONSTRAINT fk_coupon_use_charge FOREIGN KEY (charge_id) REFERENCES charge (charge_id)
) COMMENT = '쿠폰 사용 / Coupons used';

CREATE TABLE invoice (
  invoice_no VARCHAR(24) NOT NULL COMMENT '청구서 번호, gapless per entity',
  entity_id TINYINT UNSIGNED NOT NULL,
  rider_id BIGINT UNSIGNED NOT NULL,
  issued_on DATE NOT NULL,
  total DECIMAL(14,2) NOT NULL,
  currency CHAR(3) NOT NULL,
  pdf LONGBLOB NULL COMMENT '세금계산서 / Rechnung',
  PRIMARY KEY (invoice_no),
  KEY ix_invoice_rider (rider_id, issued_on),
  CONSTRAINT fk_invoice_entity FOREIGN KEY (entity_id) REFERENCES hr.legal_entity (entity_id),
  CONSTRAINT fk_invoice_rider FOREIGN KEY (rider_id) REFERENCES mobility.rider (rider_id)
) COMMENT = '청구서 / Invoices';

CREATE TABLE invoice_line (
  invoice_no VARCHAR(24) NOT NULL,
  line_no SMALLINT UNSIGNED NOT NULL,
  charge_id BIGINT UNSIGNED NOT NULL,
  description VARCHAR(200) NOT NULL,
  amount DECIMAL(14,2) NOT NULL,
  PRIMARY KEY (invoice_no, line_no),
  CONSTRAINT fk_invoice_line_invoice FOREIGN KEY (invoice_no) REFERENCES invoice (invoice_no) ON DELETE CASCADE,
  CONSTRAINT fk_invoice_line_charge FOREIGN KEY (charge_id) REFERENCES charge (charge_id)
) COMMENT = '청구서 항목 / Invoice lines';

CREATE TABLE ledger_account (
  account_no CHAR(6) NOT NULL COMMENT '계정과목 코드',
  entity_id TINYINT UNSIGNED NOT NULL,
  name VARCHAR(80) NOT NULL COMMENT '계정과목',
  kind ENUM('asset','liability','equity','income','expense') NOT NULL,
  PRIMARY KEY (entity_id, account_no),
  CONSTRAINT fk_ledger_account_entity FOREIGN KEY (entity_id) REFERENCES hr.legal_entity (entity_id)
) COMMENT = '계정과목 / Chart of accounts';

CREATE TABLE ledger_entry (
  entry_id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  entity_id TINYINT UNSIGNED NOT NULL,
  account_no CHAR(6) NOT NULL,
  charge_id BIGINT UNSIGNED NULL,
  refund_id BIGINT UNSIGNED NULL,
  debit DECIMAL(16,2) NOT NULL DEFAULT 0.00 COMMENT '차변',
  credit DECIMAL(16,2) NOT NULL DEFAULT 0.00 COMMENT '대변',
  booked_on DATE NOT NULL COMMENT '전표일',
  PRIMARY KEY (entry_id),
  KEY ix_ledger_entry_account (entity_id, account_no, booked_on),
  CONSTRAINT fk_ledger_entry_account FOREIGN KEY (entity_id, account_no) REFERENCES ledger_account (entity_id, account_no),
  CONSTRAINT fk_ledger_entry_charge FOREIGN KEY (charge_id) REFERENCES charge (charge_id),
  CONSTRAINT fk_ledger_entry_refund FOREIGN KEY (refund_id) REFERENCES refund (refund_id)
) COMMENT = '원장 / Ledger, double entry, append only';

CREATE VIEW revenue_per_day AS
SELECT DATE(c.created_at) AS day, c.currency, COUNT(*) AS charges, SUM(c.net_amount) AS net, SUM(c.vat_amount) AS vat
FROM charge c
WHERE c.status = 'captured'
GROUP BY DATE(c.created_at), c.currency;

CREATE VIEW ride_revenue AS
SELECT f.city, f.kind, f.ride_id, c.gross_amount, c.currency, COALESCE(SUM(r.amount), 0) AS refunded
FROM mobility.finished_ride f
JOIN charge c ON c.ride_id = f.ride_id
LEFT JOIN refund r ON r.charge_id = c.charge_id
GROUP BY f.city, f.kind, f.ride_id, c.gross_amount, c.currency;

DELIMITER //
CREATE PROCEDURE refund_charge(IN which BIGINT UNSIGNED, IN why VARCHAR(20), IN approver INT UNSIGNED)
  MODIFIES SQL DATA
  COMMENT '전액 환불 / Refunds all that was captured, once'
BEGIN
  INSERT INTO refund (charge_id, amount, reason, approved_by)
  SELECT c.charge_id, c.gross_amount, why, approver
  FROM charge c
  WHERE c.charge_id = which AND c.status = 'captured' AND NOT EXISTS (SELECT 1 FROM refund r WHERE r.charge_id = c.charge_id);
END//
DELIMITER ;

INSERT INTO provider VALUES ('toss', '토스페이먼츠', 'KR', 2), ('adyen', 'Adyen', 'DE', 3);
INSERT INTO payment_method (method_id, rider_id, provider_code, kind, token, label, expires_on, is_default) VALUES
  (1, 1, 'toss', 'kakao_pay', X'00', '카카오페이', NULL, TRUE),
  (2, 2, 'adyen', 'sepa_debit', X'00', 'DE •••• 4711', NULL, TRUE);
INSERT INTO pass_product (product_id, city_id, name_en, name_local, days, free_minutes_per_ride, price, currency) VALUES
  (1, 1, '30-day bike pass', '30일 자전거 정기권', 30, 60, 5000.00, 'KRW'),
  (2, 2, 'Monthly pass', 'Monatskarte', 30, 30, 19.90, 'EUR');
INSERT INTO pass (product_id, rider_id, starts_on, ends_on) VALUES (2, 2, '2026-11-01', '2026-11-30');
INSERT INTO charge (charge_id, idempotency_key, ride_id, method_id, net_amount, vat_amount, currency, status, provider_response) VALUES
  (1, X'0192A7C0000070008000000000000001', 1, 1, 2745.45, 274.55, 'KRW', 'captured', '{"code": "DONE"}'),
  (2, X'0192A7C0000070008000000000000002', 2, 2, 6.93, 1.32, 'EUR', 'captured', NULL);
INSERT INTO coupon VALUES ('HELLO-OSTKREUZ', 'Berlin launch', 50, NULL, 1000, '2026-12-31 22:59:59');
INSERT INTO coupon_use VALUES ('HELLO-OSTKREUZ', 2, 4.13);
INSERT INTO invoice VALUES ('HMG-2026-000001', 2, 2, '2026-11-02', 8.25, 'EUR', NULL);
INSERT INTO invoice_line VALUES ('HMG-2026-000001', 1, 2, 'E-bike, 29 min, Ostkreuz', 8.25);
INSERT INTO ledger_account VALUES ('401000', 1, '이용료수익', 'income'), ('108000', 1, '외상매출금', 'asset'), ('840000', 2, 'Erlöse 19 % USt', 'income');
INSERT INTO ledger_entry (entity_id, account_no, charge_id, debit, credit, booked_on) VALUES (1, '108000', 1, 3020.00, 0.00, '2026-11-02'), (1, '401000', 1, 0.00, 2745.45, '2026-11-02');
CALL refund_charge(2, 'goodwill', 3);
