CREATE TABLE friendship (
  user_id    BIGINT NOT NULL,
  friend_id  BIGINT NOT NULL,
  remark     VARCHAR(32) NOT NULL DEFAULT '',
  since      BIGINT NOT NULL,
  PRIMARY KEY (user_id, friend_id),
  CONSTRAINT friendship_user FOREIGN KEY (user_id) REFERENCES user (id),
  CONSTRAINT friendship_friend FOREIGN KEY (friend_id) REFERENCES user (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE friend_request (
  id          BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  from_id     BIGINT NOT NULL,
  to_id       BIGINT NOT NULL,
  message     VARCHAR(200) NOT NULL DEFAULT '',
  remark      VARCHAR(32) NOT NULL DEFAULT '',          -- what the asking person calls the other
  status      VARCHAR(10) CHARACTER SET ascii NOT NULL, -- pending | accepted | declined
  pending     TINYINT NULL,                             -- 1 while pending, else NULL: one at a time
  created_at  BIGINT NOT NULL,
  answered_at BIGINT NULL,
  UNIQUE KEY pending_pair (from_id, to_id, pending),
  KEY inbox (to_id, id),
  KEY outbox (from_id, id),
  CONSTRAINT friend_request_from FOREIGN KEY (from_id) REFERENCES user (id),
  CONSTRAINT friend_request_to FOREIGN KEY (to_id) REFERENCES user (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE notification (
  id         BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  user_id    BIGINT NOT NULL,
  kind       VARCHAR(32) CHARACTER SET ascii NOT NULL,
  actor_id   BIGINT NULL,
  subject    LONGTEXT NULL, -- JSON object
  created_at BIGINT NOT NULL,
  KEY user_id (user_id, id),
  CONSTRAINT notification_user FOREIGN KEY (user_id) REFERENCES user (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;
