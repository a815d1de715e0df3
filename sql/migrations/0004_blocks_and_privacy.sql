-- Who wants to hear nothing of whom, and by what people may be found.
CREATE TABLE block (
  user_id    BIGINT NOT NULL,
  blocked_id BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (user_id, blocked_id),
  KEY blocked_id (blocked_id, user_id),
  CONSTRAINT block_user FOREIGN KEY (user_id) REFERENCES user (id),
  CONSTRAINT block_blocked FOREIGN KEY (blocked_id) REFERENCES user (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

ALTER TABLE user
  ADD COLUMN findable_by_username TINYINT NOT NULL DEFAULT 1, -- and by nickname
  ADD COLUMN findable_by_phone    TINYINT NOT NULL DEFAULT 1,
  ADD COLUMN findable_by_email    TINYINT NOT NULL DEFAULT 1,
  ADD COLUMN takes_requests       TINYINT NOT NULL DEFAULT 1; -- friend requests of strangers

ALTER TABLE friendship
  ADD COLUMN tags VARCHAR(512) NOT NULL DEFAULT '[]'; -- JSON list of texts

-- An open request that nobody answered for 30 days counts as expired.
ALTER TABLE friend_request
  ADD KEY pair (from_id, to_id, id);
