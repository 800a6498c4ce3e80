-- Places of service in Seoul and Berlin.
SET NAMES utf8mb4;
CREATE DATABASE geo CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
USE geo;

CREATE TABLE country (
  country_code CHAR(2) NOT NULL COMMENT 'ISO 3166-1 alpha-2',
  name_en VARCHAR(80) NOT NULL,
  name_local VARCHAR(80) NOT NULL COMMENT '현지 표기',
  currency CHAR(3) NOT NULL COMMENT 'ISO 4217',
  vat_rate DECIMAL(5,4) NOT NULL COMMENT '부가가치세율, 0.1000 = 10 %',
  PRIMARY KEY (country_code)
) COMMENT = '국가 / Countries we operate in';

CREATE TABLE city (
  city_id SMALLINT UNSIGNED NOT NULL AUTO_INCREMENT,
  country_code CHAR(2) NOT NULL,
  slug VARCHAR(40) NOT NULL COMMENT 'Used in URLs and event names, never changes',
  name_en VARCHAR(80) NOT NULL,
  name_ko VARCHAR(80) NULL COMMENT '한글 도시명',
  time_zone VARCHAR(40) NOT NULL COMMENT 'IANA, e.g. Asia/Seoul',
  center POINT NOT NULL COMMENT 'Longitude, latitude (WGS 84)',
  launched_on DATE NULL COMMENT '서비스 개시일, NULL = not launched yet',
  PRIMARY KEY (city_id),
  UNIQUE KEY uq_city_slug (slug),
  SPATIAL KEY sx_city_center (center),
  CONSTRAINT fk_city_country FOREIGN KEY (country_code) REFERENCES country (country_code)
) COMMENT = '도시 / Cities';

CREATE TABLE district (
  city_id SMALLINT UNSIGNED NOT NULL,
  district_code VARCHAR(10) NOT NULL COMMENT '행정구역코드 (Seoul: 자치구, Berlin: Bezirk number)',
  name_en VARCHAR(80) NOT NULL,
  name_local VARCHAR(80) NOT NULL,
  population INT UNSIGNED NULL COMMENT 'Residents at the end of last year',
  PRIMARY KEY (city_id, district_code),
  CONSTRAINT fk_district_city FOREIGN KEY (city_id) REFERENCES city (city_id)
) COMMENT = '자치구 / City districts';

CREATE TABLE service_area (
  area_id INT UNSIGNED NOT NULL AUTO_INCREMENT,
  city_id SMALLINT UNSIGNED NOT NULL,
  kind ENUM('operating','slow','no_parking','no_riding') NOT NULL COMMENT '운영 / 서행 / 주차금지 / 통행금지',
  name VARCHAR(120) NOT NULL,
  outline POLYGON NOT NULL COMMENT 'Geofence, pushed to vehicles every five minutes',
  max_speed_kmh TINYINT UNSIGNED NULL COMMENT 'NULL = the vehicle''s own limit',
  vehicle_kinds SET('bike','e_bike','scooter','moped') NOT NULL DEFAULT 'bike,e_bike,scooter',
  valid_from DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
  valid_to DATETIME NULL,
  PRIMARY KEY (area_id),
  KEY ix_service_area_city_kind (city_id, kind),
  SPATIAL KEY sx_service_area_outline (outline),
  CONSTRAINT fk_service_area_city FOREIGN KEY (city_id) REFERENCES city (city_id)
) COMMENT = '서비스 구역 (지오펜스) / Geofences';

CREATE TABLE holiday (
  country_code CHAR(2) NOT NULL,
  holiday_on DATE NOT NULL,
  name_en VARCHAR(80) NOT NULL,
  name_local VARCHAR(80) NOT NULL COMMENT '예: 추석, Tag der Deutschen Einheit',
  PRIMARY KEY (country_code, holiday_on),
  CONSTRAINT fk_holiday_country FOREIGN KEY (country_code) REFERENCES country (country_code)
) COMMENT = '공휴일 / Public holidays, for demand forecasts';

CREATE VIEW active_service_area AS
SELECT a.area_id, c.slug AS city, a.kind, a.name, a.max_speed_kmh
FROM service_area a JOIN city c ON c.city_id = a.city_id
WHERE a.valid_to IS NULL OR a.valid_to > CURRENT_TIMESTAMP;

INSERT INTO country VALUES
  ('KR', 'South Korea', '대한민국', 'KRW', 0.1000),
  ('DE', 'Germany', 'Deutschland', 'EUR', 0.1900);
INSERT INTO city (city_id, country_code, slug, name_en, name_ko, time_zone, center, launched_on) VALUES
  (1, 'KR', 'seoul', 'Seoul', '서울', 'Asia/Seoul', ST_GeomFromText('POINT(126.978 37.5665)'), '2021-04-05'),
  (2, 'DE', 'berlin', 'Berlin', '베를린', 'Europe/Berlin', ST_GeomFromText('POINT(13.405 52.52)'), '2023-05-15'),
  (3, 'KR', 'busan', 'Busan', '부산', 'Asia/Seoul', ST_GeomFromText('POINT(129.0756 35.1796)'), NULL);
INSERT INTO district VALUES
  (1, '11680', 'Gangnam-gu', '강남구', 557000),
  (1, '11440', 'Mapo-gu', '마포구', 363000),
  (1, '11200', 'Seongdong-gu', '성동구', 276000),
  (2, '01', 'Mitte', 'Mitte', 397000),
  (2, '02', 'Friedrichshain-Kreuzberg', 'Friedrichshain-Kreuzberg', 293000);
INSERT INTO service_area (city_id, kind, name, outline, max_speed_kmh) VALUES
  (1, 'operating', '강남-성동', ST_GeomFromText('POLYGON((127.01 37.49,127.08 37.49,127.08 37.56,127.01 37.56,127.01 37.49))'), NULL),
  (1, 'slow', '서울숲', ST_GeomFromText('POLYGON((127.03 37.54,127.05 37.54,127.05 37.55,127.03 37.55,127.03 37.54))'), 15),
  (2, 'operating', 'S-Bahn-Ring Ost', ST_GeomFromText('POLYGON((13.38 52.48,13.48 52.48,13.48 52.55,13.38 52.55,13.38 52.48))'), NULL),
  (2, 'no_parking', 'Museumsinsel', ST_GeomFromText('POLYGON((13.39 52.51,13.41 52.51,13.41 52.53,13.39 52.53,13.39 52.51))'), NULL);
INSERT INTO holiday VALUES
  ('KR', '2026-09-25', 'Chuseok', '추석'),
  ('KR', '2026-10-09', 'Hangeul Day', '한글날'),
  ('DE', '2026-10-03', 'Day of German Unity', 'Tag der Deutschen Einheit');
