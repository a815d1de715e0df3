-- What somebody has to show besides the password when they log in, if they want that.
CREATE TABLE second_factor (
  user_id      BIGINT NOT NULL PRIMARY KEY,
  secret       VARCHAR(32) CHARACTER SET ascii NOT NULL, -- base32, in the person's app as well
  confirmed_at BIGINT NULL,                              -- by a first code; until then nothing is asked for
  last_step    BIGINT NOT NULL DEFAULT 0,                -- a code serves once: none of this step or before
  CONSTRAINT second_factor_user FOREIGN KEY (user_id) REFERENCES user (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

-- For who has lost that app.  Each serves once, and is gone then.
CREATE TABLE recovery_code (
  user_id BIGINT NOT NULL,
  hash    CHAR(64) CHARACTER SET ascii NOT NULL, -- SHA-256: a code has 80 random bits
  PRIMARY KEY (user_id, hash),
  CONSTRAINT recovery_code_user FOREIGN KEY (user_id) REFERENCES user (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;
