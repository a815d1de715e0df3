-- What people share with their friends, and what those say to it.
CREATE TABLE moment (
  id         BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY, -- ascending with time
  author_id  BIGINT NOT NULL,
  client_key VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL, -- of who wants to try again safely
  audience   VARCHAR(8) CHARACTER SET ascii NOT NULL,    -- friends | private | only | except
  text       TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  deleted_at BIGINT NULL,                                -- then nothing else of it is left
  UNIQUE KEY client_key (author_id, client_key),
  KEY author_id (author_id, id),
  CONSTRAINT moment_author FOREIGN KEY (author_id) REFERENCES user (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

-- Whom an audience names.  Stays when the audience is narrowed further.
CREATE TABLE moment_listed (
  moment_id BIGINT NOT NULL,
  user_id   BIGINT NOT NULL,
  allowed   TINYINT NOT NULL, -- 1: an 'only' names them; 0: an 'except' does, or did
  PRIMARY KEY (moment_id, user_id),
  CONSTRAINT moment_listed_moment FOREIGN KEY (moment_id) REFERENCES moment (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

-- Friends whom the author gives this tag, even later, do not see it.
CREATE TABLE moment_hidden_tag (
  moment_id BIGINT NOT NULL,
  tag       VARCHAR(32) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  PRIMARY KEY (moment_id, tag),
  CONSTRAINT moment_hidden_tag_moment FOREIGN KEY (moment_id) REFERENCES moment (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

-- What may be in a person's feed, their own too.  What of it they see is decided when they read it.
CREATE TABLE moment_feed (
  user_id   BIGINT NOT NULL,
  moment_id BIGINT NOT NULL,
  PRIMARY KEY (user_id, moment_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE moment_like (
  moment_id  BIGINT NOT NULL,
  author_id  BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (moment_id, author_id),
  CONSTRAINT moment_like_moment FOREIGN KEY (moment_id) REFERENCES moment (id),
  CONSTRAINT moment_like_author FOREIGN KEY (author_id) REFERENCES user (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE moment_comment (
  id            BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  moment_id     BIGINT NOT NULL,
  author_id     BIGINT NOT NULL,
  client_key    VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
  reply_to      BIGINT NULL, -- a comment, which may be deleted by now
  reply_user_id BIGINT NULL, -- who wrote that
  text          TEXT NOT NULL,
  created_at    BIGINT NOT NULL,
  UNIQUE KEY client_key (author_id, client_key),
  KEY moment_id (moment_id, id),
  CONSTRAINT moment_comment_moment FOREIGN KEY (moment_id) REFERENCES moment (id),
  CONSTRAINT moment_comment_author FOREIGN KEY (author_id) REFERENCES user (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

-- What somebody has decided about another person.  Nobody is told.
CREATE TABLE moment_privacy (
  user_id     BIGINT NOT NULL,
  other_id    BIGINT NOT NULL,
  hide_mine   TINYINT NOT NULL,
  hide_theirs TINYINT NOT NULL,
  PRIMARY KEY (user_id, other_id),
  CONSTRAINT moment_privacy_user FOREIGN KEY (user_id) REFERENCES user (id),
  CONSTRAINT moment_privacy_other FOREIGN KEY (other_id) REFERENCES user (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

-- What somebody was told about.  Goes with what it tells of.
CREATE TABLE moment_notification (
  id         BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  user_id    BIGINT NOT NULL,
  moment_id  BIGINT NOT NULL,
  author_id  BIGINT NOT NULL,  -- of the like or comment
  kind       VARCHAR(20) CHARACTER SET ascii NOT NULL, -- moment_liked | moment_commented | moment_replied
  comment_id BIGINT NULL,
  reply_user_id BIGINT NULL,   -- as in the comment
  created_at BIGINT NOT NULL,
  KEY user_id (user_id, id),
  KEY moment_id (moment_id, author_id, comment_id),
  CONSTRAINT moment_notification_user FOREIGN KEY (user_id) REFERENCES user (id),
  CONSTRAINT moment_notification_moment FOREIGN KEY (moment_id) REFERENCES moment (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

-- Who wants to be told nothing more of a post.
CREATE TABLE moment_mute (
  moment_id BIGINT NOT NULL,
  user_id   BIGINT NOT NULL,
  PRIMARY KEY (moment_id, user_id),
  CONSTRAINT moment_mute_moment FOREIGN KEY (moment_id) REFERENCES moment (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

-- For the administrator, with what the post said at the time.
CREATE TABLE moment_report (
  id          BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  moment_id   BIGINT NOT NULL,
  reporter_id BIGINT NOT NULL,
  reason      VARCHAR(10) CHARACTER SET ascii NOT NULL, -- spam | abuse | sexual | violence | fraud | other
  note        VARCHAR(500) NOT NULL,
  text        TEXT NOT NULL,
  created_at  BIGINT NOT NULL,
  closed_at   BIGINT NULL,
  UNIQUE KEY reporter (moment_id, reporter_id),
  KEY closed (closed_at, id),
  CONSTRAINT moment_report_moment FOREIGN KEY (moment_id) REFERENCES moment (id),
  CONSTRAINT moment_report_reporter FOREIGN KEY (reporter_id) REFERENCES user (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

ALTER TABLE user
  ADD COLUMN moment_days SMALLINT NOT NULL DEFAULT 0,             -- how far back others see their posts; 0: all
  ADD COLUMN moment_seen BIGINT NOT NULL DEFAULT 0,               -- posts of others up to this id are not new
  ADD COLUMN moment_notification_read BIGINT NOT NULL DEFAULT 0;  -- and moment_notifications are read
