-- Vehicles, stations and rides.
SET NAMES utf8mb4;
CREATE DATABASE mobility CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
USE mobility;

CREATE TABLE rider (
  rider_id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  public_id CHAR(36) CHARACTER SET ascii NOT NULL DEFAULT (UUID()) COMMENT '외부 노출용 ID',
  phone_e164 VARCHAR(16) NOT NULL COMMENT '휴대전화번호, personal data',
  locale VARCHAR(10) NOT NULL DEFAULT 'ko-KR',
  home_city_id SMALLINT UNSIGNED NOT NULL,
  birth_year SMALLINT UNSIGNED NULL COMMENT '연령 제한 확인용',
  status ENUM('pending','active','blocked','deleted') NOT NULL DEFAULT 'pending' COMMENT '가입대기 / 활성 / 차단 / 탈퇴',
  consents SET('marketing','location_history','third_party') NOT NULL DEFAULT '' COMMENT '동의 항목',
  created_at TIMESTAMP(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
  PRIMARY KEY (rider_id),
  UNIQUE KEY uq_rider_public_id (public_id),
  UNIQUE KEY uq_rider_phone (phone_e164),
  CONSTRAINT fk_rider_city FOREIGN KEY (home_city_id) REFERENCES geo.city (city_id)
) COMMENT = '이용자 / Riders. Personal data: GDPR, 개인정보보호법';

CREATE TABLE vehicle_model (
  model_id SMALLINT UNSIGNED NOT NULL AUTO_INCREMENT,
  kind ENUM('bike','e_bike','scooter','moped') NOT NULL,
  maker VARCHAR(60) NOT NULL COMMENT '제조사',
  name VARCHAR(60) NOT NULL,
  battery_wh SMALLINT UNSIGNED NULL COMMENT 'NULL = no motor',
  top_speed_kmh TINYINT UNSIGNED NULL COMMENT '최고속도 (법정 제한 25)',
  weight_kg DECIMAL(5,2) NOT NULL,
  spec JSON NULL COMMENT '제조사 사양 원문 / maker''s data sheet as received',
  PRIMARY KEY (model_id),
  UNIQUE KEY uq_vehicle_model (maker, name)
) COMMENT = '기종 / Vehicle models';

CREATE TABLE vehicle (
  vehicle_id INT UNSIGNED NOT NULL AUTO_INCREMENT,
  qr_code CHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'QR 코드, printed on the handlebar',
  model_id SMALLINT UNSIGNED NOT NULL,
  city_id SMALLINT UNSIGNED NOT NULL,
  imei CHAR(15) NULL COMMENT 'Modem of the IoT box',
  firmware VARCHAR(20) NULL,
  state ENUM('available','reserved','in_ride','charging','maintenance','lost','retired') NOT NULL DEFAULT 'available' COMMENT '대여가능 / 예약 / 주행중 / 충전중 / 정비중 / 분실 / 폐기',
  battery_pct TINYINT UNSIGNED NULL COMMENT '배터리 잔량 (%)',
  position POINT NOT NULL COMMENT 'Last known longitude, latitude (WGS 84)',
  position_at TIMESTAMP(3) NULL DEFAULT NULL,
  in_service_since DATE NOT NULL,
  PRIMARY KEY (vehicle_id),
  UNIQUE KEY uq_vehicle_qr (qr_code),
  UNIQUE KEY uq_vehicle_imei (imei),
  KEY ix_vehicle_city_state (city_id, state),
  SPATIAL KEY sx_vehicle_position (position),
  CONSTRAINT fk_vehicle_model FOREIGN KEY (model_id) REFERENCES vehicle_model (model_id),
  CONSTRAINT fk_vehicle_city FOREIGN KEY (city_id) REFERENCES geo.city (city_id),
  CONSTRAINT ck_vehicle_battery CHECK (battery_pct <= 100)
) COMMENT = '기기 / Vehicles of the fleet';

CREATE TABLE station (
  station_id INT UNSIGNED NOT NULL AUTO_INCREMENT,
  city_id SMALLINT UNSIGNED NOT NULL,
  district_code VARCHAR(10) NOT NULL,
  name_en VARCHAR(120) NOT NULL,
  name_local VARCHAR(120) NOT NULL COMMENT '대여소명 (현지어)',
  position POINT NOT NULL,
  capacity SMALLINT UNSIGNED NOT NULL COMMENT '거치대 수',
  is_virtual BOOLEAN NOT NULL DEFAULT FALSE COMMENT 'Painted parking bay without docks',
  PRIMARY KEY (station_id),
  SPATIAL KEY sx_station_position (position),
  CONSTRAINT fk_station_district FOREIGN KEY (city_id, district_code) REFERENCES geo.district (city_id, district_code)
) COMMENT = '대여소 / Stations and parking bays';

CREATE TABLE dock (
  station_id INT UNSIGNED NOT NULL,
  dock_no SMALLINT UNSIGNED NOT NULL,
  vehicle_id INT UNSIGNED NULL COMMENT 'NULL = 비어 있음',
  has_charger BOOLEAN NOT NULL DEFAULT FALSE,
  PRIMARY KEY (station_id, dock_no),
  UNIQUE KEY uq_dock_vehicle (vehicle_id),
  CONSTRAINT fk_dock_station FOREIGN KEY (station_id) REFERENCES station (station_id) ON DELETE CASCADE,
  CONSTRAINT fk_dock_vehicle FOREIGN KEY (vehicle_id) REFERENCES vehicle (vehicle_id) ON DELETE SET NULL
) COMMENT = '거치대 / Docks of a station';

CREATE TABLE tariff (
  tariff_id SMALLINT UNSIGNED NOT NULL AUTO_INCREMENT,
  city_id SMALLINT UNSIGNED NOT NULL,
  kind ENUM('bike','e_bike','scooter','moped') NOT NULL,
  unlock_fee DECIMAL(10,2) NOT NULL COMMENT '잠금해제 요금',
  per_minute DECIMAL(10,4) NOT NULL COMMENT '분당 요금',
  currency CHAR(3) NOT NULL,
  valid_from DATE NOT NULL,
  valid_to DATE NULL,
  PRIMARY KEY (tariff_id),
  UNIQUE KEY uq_tariff (city_id, kind, valid_from),
  CONSTRAINT fk_tariff_city FOREIGN KEY (city_id) REFERENCES geo.city (city_id)
) COMMENT = '요금표 / Tariffs';

CREATE TABLE reservation (
  reservation_id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  rider_id BIGINT UNSIGNED NOT NULL,
  vehicle_id INT UNSIGNED NOT NULL,
  reserved_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
  expires_at DATETIME NOT NULL COMMENT '예약 만료 (기본 10분)',
  outcome ENUM('open','ride_started','expired','cancelled') NOT NULL DEFAULT 'open',
  PRIMARY KEY (reservation_id),
  KEY ix_reservation_vehicle (vehicle_id, outcome),
  CONSTRAINT fk_reservation_rider FOREIGN KEY (rider_id) REFERENCES rider (rider_id),
  CONSTRAINT fk_reservation_vehicle FOREIGN KEY (vehicle_id) REFERENCES vehicle (vehicle_id)
) COMMENT = '예약 / Reservations';

CREATE TABLE ride (
  ride_id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  rider_id BIGINT UNSIGNED NOT NULL,
  vehicle_id INT UNSIGNED NOT NULL,
  tariff_id SMALLINT UNSIGNED NOT NULL,
  reservation_id BIGINT UNSIGNED NULL,
  start_station_id INT UNSIGNED NULL COMMENT 'NULL = 프리플로팅 대여',
  end_station_id INT UNSIGNED NULL,
  started_at DATETIME(3) NOT NULL COMMENT '대여 시각 (UTC)',
  ended_at DATETIME(3) NULL COMMENT '반납 시각 (UTC), NULL = 주행중',
  duration_s INT GENERATED ALWAYS AS (TIMESTAMPDIFF(SECOND, started_at, ended_at)) VIRTUAL COMMENT '이용 시간 (초)',
  distance_m INT UNSIGNED NULL COMMENT '주행 거리 (m), from GPS',
  route LINESTRING NULL COMMENT 'Simplified track, removed after 90 days',
  parking_photo_url VARCHAR(500) NULL COMMENT '반납 사진',
  PRIMARY KEY (ride_id),
  KEY ix_ride_rider_started (rider_id, started_at),
  KEY ix_ride_vehicle_started (vehicle_id, started_at DESC),
  CONSTRAINT fk_ride_rider FOREIGN KEY (rider_id) REFERENCES rider (rider_id),
  CONSTRAINT fk_ride_vehicle FOREIGN KEY (vehicle_id) REFERENCES vehicle (vehicle_id),
  CONSTRAINT fk_ride_tariff FOREIGN KEY (tariff_id) REFERENCES tariff (tariff_id),
  CONSTRAINT fk_ride_reservation FOREIGN KEY (reservation_id) REFERENCES reservation (reservation_id),
  CONSTRAINT fk_ride_start_station FOREIGN KEY (start_station_id) REFERENCES station (station_id),
  CONSTRAINT fk_ride_end_station FOREIGN KEY (end_station_id) REFERENCES station (station_id)
) COMMENT = '이용 내역 / Rides, one row from unlock to lock';

CREATE TABLE ride_event (
  ride_id BIGINT UNSIGNED NOT NULL,
  seq SMALLINT UNSIGNED NOT NULL COMMENT '이벤트 순번',
  kind ENUM('unlock','pause','resume','geofence','lock','fall') NOT NULL,
  at DATETIME(3) NOT NULL COMMENT 'UTC, clock of the vehicle',
  payload JSON NULL,
  PRIMARY KEY (ride_id, seq),
  CONSTRAINT fk_ride_event_ride FOREIGN KEY (ride_id) REFERENCES ride (ride_id) ON DELETE CASCADE
) COMMENT = '이용 이벤트 / What happened during a ride';

CREATE TABLE telemetry (
  vehicle_id INT UNSIGNED NOT NULL,
  recorded_at DATETIME(3) NOT NULL COMMENT '수집 시각 (UTC)',
  longitude DOUBLE NOT NULL,
  latitude DOUBLE NOT NULL,
  speed_kmh FLOAT NULL,
  battery_mv MEDIUMINT UNSIGNED NULL COMMENT '배터리 전압 (mV)',
  rssi_dbm SMALLINT NULL COMMENT 'Signal strength, negative',
  flags BIT(8) NOT NULL DEFAULT b'0' COMMENT 'Bit 0: moving, bit 1: fallen, bit 2: alarm',
  raw VARBINARY(256) NULL COMMENT '원본 프레임 / frame as received',
  PRIMARY KEY (vehicle_id, recorded_at)
) COMMENT = '텔레메트리, 10초 주기 / Vehicle telemetry every ten seconds'
PARTITION BY RANGE (TO_DAYS(recorded_at)) (
  PARTITION p2026_10 VALUES LESS THAN (TO_DAYS('2026-11-01')),
  PARTITION p2026_11 VALUES LESS THAN (TO_DAYS('2026-12-01')),
  PARTITION p_next VALUES LESS THAN MAXVALUE
);

CREATE TABLE battery_swap (
  swap_id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  vehicle_id INT UNSIGNED NOT NULL,
  employee_id INT UNSIGNED NOT NULL COMMENT '교체 담당자',
  battery_out CHAR(12) NOT NULL COMMENT 'Serial number',
  battery_in CHAR(12) NOT NULL,
  pct_out TINYINT UNSIGNED NOT NULL,
  pct_in TINYINT UNSIGNED NOT NULL,
  swapped_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
  PRIMARY KEY (swap_id),
  KEY ix_battery_swap_vehicle (vehicle_id, swapped_at),
  CONSTRAINT fk_battery_swap_vehicle FOREIGN KEY (vehicle_id) REFERENCES vehicle (vehicle_id),
  CONSTRAINT fk_battery_swap_employee FOREIGN KEY (employee_id) REFERENCES hr.employee (employee_id)
) COMMENT = '배터리 교체 / Battery swaps';

CREATE TABLE maintenance_job (
  job_id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  vehicle_id INT UNSIGNED NOT NULL,
  office_id SMALLINT UNSIGNED NOT NULL COMMENT '정비소',
  mechanic_id INT UNSIGNED NULL,
  reason ENUM('rider_report','inspection','crash','vandalism','firmware') NOT NULL COMMENT '신고 / 정기점검 / 사고 / 파손 / 펌웨어',
  opened_at DATETIME NOT NULL,
  closed_at DATETIME NULL,
  labour_minutes SMALLINT UNSIGNED NULL COMMENT '작업 시간 (분)',
  notes TEXT NULL,
  PRIMARY KEY (job_id),
  KEY ix_maintenance_open (closed_at, office_id),
  CONSTRAINT fk_maintenance_vehicle FOREIGN KEY (vehicle_id) REFERENCES vehicle (vehicle_id),
  CONSTRAINT fk_maintenance_office FOREIGN KEY (office_id) REFERENCES hr.office (office_id),
  CONSTRAINT fk_maintenance_mechanic FOREIGN KEY (mechanic_id) REFERENCES hr.employee (employee_id)
) COMMENT = '정비 작업 / Maintenance jobs';

CREATE TABLE maintenance_part (
  job_id BIGINT UNSIGNED NOT NULL,
  part_no VARCHAR(24) NOT NULL COMMENT '부품번호',
  quantity SMALLINT UNSIGNED NOT NULL DEFAULT 1,
  unit_cost DECIMAL(12,2) NOT NULL,
  currency CHAR(3) NOT NULL,
  PRIMARY KEY (job_id, part_no),
  CONSTRAINT fk_maintenance_part_job FOREIGN KEY (job_id) REFERENCES maintenance_job (job_id) ON DELETE CASCADE
) COMMENT = '사용 부품 / Parts used in a job';

CREATE TABLE demand_forecast (
  city_id SMALLINT UNSIGNED NOT NULL,
  district_code VARCHAR(10) NOT NULL,
  hour_starting DATETIME NOT NULL COMMENT 'UTC, full hour',
  expected_rides DECIMAL(8,2) NOT NULL COMMENT '예상 대여 건수',
  model_version VARCHAR(20) NOT NULL COMMENT '예측 모델 버전',
  PRIMARY KEY (city_id, district_code, hour_starting, model_version),
  CONSTRAINT fk_forecast_district FOREIGN KEY (city_id, district_code) REFERENCES geo.district (city_id, district_code)
) COMMENT = '수요 예측 / Demand forecast, written by the data platform every hour';

CREATE VIEW finished_ride AS
SELECT r.ride_id, r.rider_id, r.vehicle_id, m.kind, c.slug AS city, r.started_at, r.ended_at, r.duration_s, r.distance_m
FROM ride r
JOIN vehicle v ON v.vehicle_id = r.vehicle_id
JOIN vehicle_model m ON m.model_id = v.model_id
JOIN geo.city c ON c.city_id = v.city_id
WHERE r.ended_at IS NOT NULL;

CREATE VIEW ride_per_day AS
SELECT city, kind, DATE(started_at) AS ride_on, COUNT(*) AS rides, SUM(distance_m) / 1000 AS km, AVG(duration_s) / 60 AS minutes
FROM finished_ride
GROUP BY city, kind, DATE(started_at);

CREATE VIEW vehicle_needing_swap AS
SELECT v.vehicle_id, v.qr_code, c.slug AS city, v.battery_pct
FROM vehicle v JOIN geo.city c ON c.city_id = v.city_id
WHERE v.battery_pct < 20 AND v.state = 'available';

DELIMITER //
CREATE FUNCTION ride_price(minutes INT, unlock_fee DECIMAL(10,2), per_minute DECIMAL(10,4)) RETURNS DECIMAL(12,2)
  DETERMINISTIC
  NO SQL
  COMMENT '이용 요금 계산 / A started minute counts as a whole one'
BEGIN
  RETURN ROUND(unlock_fee + GREATEST(minutes, 1) * per_minute, 2);
END//

CREATE PROCEDURE expire_reservations()
  MODIFIES SQL DATA
  COMMENT '만료된 예약 정리 / Run every minute by the dispatcher'
BEGIN
  UPDATE reservation SET outcome = 'expired' WHERE outcome = 'open' AND expires_at < UTC_TIMESTAMP();
END//

CREATE TRIGGER ride_starts AFTER INSERT ON ride FOR EACH ROW
BEGIN
  UPDATE vehicle SET state = 'in_ride' WHERE vehicle_id = NEW.vehicle_id AND NEW.ended_at IS NULL;
  UPDATE reservation SET outcome = 'ride_started' WHERE reservation_id = NEW.reservation_id;
END//
DELIMITER ;

INSERT INTO rider (rider_id, phone_e164, locale, home_city_id, birth_year, status, consents) VALUES
  (1, '+82100000001', 'ko-KR', 1, 1994, 'active', 'location_history'),
  (2, '+491700000002', 'de-DE', 2, 1988, 'active', ''),
  (3, '+491700000003', 'en-GB', 2, 2001, 'blocked', 'marketing');
INSERT INTO vehicle_model (model_id, kind, maker, name, battery_wh, top_speed_kmh, weight_kg, spec) VALUES
  (1, 'bike', 'Alton', 'City 24', NULL, NULL, 17.50, NULL),
  (2, 'scooter', 'Okai', 'ES400B', 551, 25, 29.80, '{"wheels": 10, "brake": "drum", "ip": "IPX6"}'),
  (3, 'e_bike', 'Riese', 'Rent 27', 500, 25, 26.40, '{"wheels": 27.5, "motor": "mid"}');
INSERT INTO vehicle (vehicle_id, qr_code, model_id, city_id, imei, firmware, state, battery_pct, position, position_at, in_service_since) VALUES
  (1, 'SE00AB12', 1, 1, NULL, NULL, 'available', NULL, ST_GeomFromText('POINT(127.0443 37.5446)'), '2026-11-02 08:00:00', '2021-04-05'),
  (2, 'SE00CD34', 2, 1, '350000000000017', '4.2.1', 'available', 17, ST_GeomFromText('POINT(127.0276 37.4979)'), '2026-11-02 08:00:10', '2022-07-01'),
  (3, 'BE00EF56', 3, 2, '350000000000025', '2.9.0', 'charging', 64, ST_GeomFromText('POINT(13.4690 52.5030)'), '2026-11-02 08:00:20', '2023-05-15');
INSERT INTO station (station_id, city_id, district_code, name_en, name_local, position, capacity, is_virtual) VALUES
  (1, 1, '11200', 'Seoul Forest Gate 3', '서울숲 3번 출구', ST_GeomFromText('POINT(127.0441 37.5440)'), 20, FALSE),
  (2, 1, '11680', 'Gangnam Station Exit 11', '강남역 11번 출구', ST_GeomFromText('POINT(127.0279 37.4985)'), 15, FALSE),
  (3, 2, '02', 'Ostkreuz South', 'Ostkreuz Süd', ST_GeomFromText('POINT(13.4694 52.5027)'), 12, TRUE);
INSERT INTO dock VALUES (1, 1, 1, FALSE), (1, 2, NULL, TRUE), (2, 1, NULL, FALSE);
INSERT INTO tariff (tariff_id, city_id, kind, unlock_fee, per_minute, currency, valid_from) VALUES
  (1, 1, 'bike', 0.00, 16.6667, 'KRW', '2026-01-01'),
  (2, 1, 'scooter', 500.00, 180.0000, 'KRW', '2026-01-01'),
  (3, 2, 'e_bike', 1.00, 0.2500, 'EUR', '2026-01-01');
INSERT INTO reservation (reservation_id, rider_id, vehicle_id, reserved_at, expires_at) VALUES (1, 1, 2, '2026-11-02 07:55:00', '2026-11-02 08:05:00');
INSERT INTO ride (ride_id, rider_id, vehicle_id, tariff_id, reservation_id, start_station_id, end_station_id, started_at, ended_at, distance_m) VALUES
  (1, 1, 2, 2, 1, 2, NULL, '2026-11-02 07:58:12.300', '2026-11-02 08:11:40.120', 2840),
  (2, 2, 3, 3, NULL, 3, 3, '2026-11-02 06:12:00.000', '2026-11-02 06:40:31.500', 6120);
INSERT INTO ride_event VALUES (1, 1, 'unlock', '2026-11-02 07:58:12.300', NULL), (1, 2, 'geofence', '2026-11-02 08:03:00.000', '{"area_id": 2, "max_speed_kmh": 15}'), (1, 3, 'lock', '2026-11-02 08:11:40.120', NULL);
INSERT INTO telemetry (vehicle_id, recorded_at, longitude, latitude, speed_kmh, battery_mv, rssi_dbm, flags) VALUES (2, '2026-11-02 08:00:10.000', 127.0276, 37.4979, 14.2, 36400, -71, b'00000001');
INSERT INTO battery_swap (vehicle_id, employee_id, battery_out, battery_in, pct_out, pct_in) VALUES (3, 3, 'BT0000000011', 'BT0000000047', 9, 100);
INSERT INTO maintenance_job (job_id, vehicle_id, office_id, mechanic_id, reason, opened_at, closed_at, labour_minutes, notes) VALUES (1, 1, 2, 2, 'rider_report', '2026-10-30 02:00:00', '2026-10-30 03:10:00', 35, '뒷브레이크 유격 조정');
INSERT INTO maintenance_part VALUES (1, 'BRK-PAD-24', 2, 4200.00, 'KRW');
INSERT INTO demand_forecast VALUES (1, '11200', '2026-11-03 08:00:00', 42.50, '2026.10.2'), (2, '02', '2026-11-03 07:00:00', 18.25, '2026.10.2');
