-- What is stored as files, each content once, however many rows of `media` name it.
CREATE TABLE media_content (
  hash         CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- SHA-256, the file's name
  size         BIGINT NOT NULL,
  users        BIGINT NOT NULL, -- rows of `media` that name it
  unused_since BIGINT NULL,     -- when there were none any more
  PRIMARY KEY (hash),
  KEY unused (unused_since)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

-- An image, a recording, a file of somebody's.
CREATE TABLE media (
  id             BIGINT NOT NULL AUTO_INCREMENT,
  owner_id       BIGINT NOT NULL,
  purpose        VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  type           VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- as its content says
  name           VARCHAR(255) NULL,
  size           BIGINT NOT NULL,
  width          BIGINT NULL, -- upright
  height         BIGINT NULL,
  animated       BOOLEAN NOT NULL,
  duration_ms    BIGINT NULL,
  waveform       VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin NULL, -- a hexadecimal digit a bar
  placeholder    VARCHAR(96) CHARACTER SET ascii COLLATE ascii_bin NULL,  -- a BlurHash
  original       CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- contents
  thumbnail      CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL,
  thumbnail_type VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NULL,
  preview        CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL,
  preview_type   VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NULL,
  stored_size    BIGINT NOT NULL, -- of all of them
  created_at     BIGINT NOT NULL,
  PRIMARY KEY (id),
  KEY owner (owner_id, stored_size)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

-- An upload in pieces.  How far it has come is the size of its file.
CREATE TABLE media_upload (
  id          BIGINT NOT NULL AUTO_INCREMENT,
  owner_id    BIGINT NOT NULL,
  purpose     VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  claim       VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin NULL, -- what type it is said to be
  name        VARCHAR(255) NULL,
  size        BIGINT NOT NULL,
  waveform    VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin NULL,
  placeholder VARCHAR(96) CHARACTER SET ascii COLLATE ascii_bin NULL,
  media_id    BIGINT NULL, -- what has become of it
  created_at  BIGINT NOT NULL,
  PRIMARY KEY (id),
  KEY owner (owner_id, media_id, size),
  KEY created (created_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;
