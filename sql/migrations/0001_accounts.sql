-- People, their devices' sessions.  Times are milliseconds since 1970 UTC.
CREATE TABLE user (
  id            BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  username      VARCHAR(32) NOT NULL,
  username_key  VARCHAR(96) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL, -- NFKC, case folded
  nickname      VARCHAR(32) NOT NULL,
  nickname_key  VARCHAR(96) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  phone         VARCHAR(16) CHARACTER SET ascii NULL,   -- E.164
  email         VARCHAR(254) NULL,                      -- as given
  email_key     VARCHAR(254) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
  password      VARCHAR(255) CHARACTER SET ascii NOT NULL,
  avatar        VARCHAR(64) NULL,
  bio           VARCHAR(200) NOT NULL DEFAULT '',
  gender        VARCHAR(8) CHARACTER SET ascii NOT NULL DEFAULT '',
  birthday      CHAR(10) CHARACTER SET ascii NULL,      -- YYYY-MM-DD
  region        VARCHAR(64) NOT NULL DEFAULT '',
  settings      LONGTEXT NULL,                          -- JSON object of the UI's own settings
  created_at    BIGINT NOT NULL,
  last_seen_at  BIGINT NULL,
  suspended_at  BIGINT NULL,
  deleted_at    BIGINT NULL,
  notification_read BIGINT NOT NULL DEFAULT 0,          -- notifications up to this id are read
  UNIQUE KEY username_key (username_key),
  UNIQUE KEY phone (phone),
  UNIQUE KEY email_key (email_key),
  KEY nickname_key (nickname_key)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE session (
  id            BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  user_id       BIGINT NOT NULL,
  token_hash    CHAR(64) CHARACTER SET ascii NOT NULL,  -- SHA-256 of the current refresh token
  previous_hash CHAR(64) CHARACTER SET ascii NULL,      -- and of the one before, good for 30 s more
  rotated_at    BIGINT NOT NULL,
  device        VARCHAR(100) NOT NULL DEFAULT '',
  address       VARCHAR(45) CHARACTER SET ascii NOT NULL DEFAULT '',
  created_at    BIGINT NOT NULL,
  last_used_at  BIGINT NOT NULL,
  expires_at    BIGINT NOT NULL,
  revoked_at    BIGINT NULL,
  KEY user_id (user_id, id),                            -- a refresh token names its session's id
  CONSTRAINT session_user FOREIGN KEY (user_id) REFERENCES user (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;
