#!/bin/sh
# Runs "$@" with a private MariaDB at HICHAT_TEST_DB_SOCKET (user root, no password), and stops
# that server by its pid afterwards.  Without a server on this machine the test is skipped: a TAP
# plan of none when that is what the caller reads, else exit status 77.
set -u

if [ -n "${HICHAT_TEST_DB_SOCKET:-}" ]; then
	exec "$@"
fi

find_program() {
	for name in "$@"; do
		PATH="$PATH:/usr/sbin:/usr/local/sbin" command -v "$name" && return
	done
}

server=$(find_program mariadbd mysqld)
install=$(find_program mariadb-install-db mysql_install_db)
if [ -z "$server" ] || [ -z "$install" ]; then
	if [ "${CMOCKA_MESSAGE_OUTPUT:-}" = TAP ]; then
		echo "1..0 # SKIP no MariaDB server here"
		exit 0
	fi
	echo "no MariaDB server here: skipped" >&2
	exit 77
fi

home=$(mktemp -d "${TMPDIR:-/tmp}/hichat-db.XXXXXX") || exit 99
pid=
user=$(id -un)

finish() {
	if [ -n "$pid" ]; then
		kill "$pid" 2>/dev/null
		wait "$pid" 2>/dev/null
	fi
	rm -rf "$home"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# A server that starts removes the temporary tables of whoever else uses its directory for them.
TMPDIR=$home
export TMPDIR

if ! "$install" --no-defaults --datadir="$home/data" --user="$user" \
	--auth-root-authentication-method=normal --skip-test-db >"$home/install.log" 2>&1; then
	cat "$home/install.log" >&2
	exit 99
fi

# Small and quick: what is tested is how we talk to it, not how it stores.
"$server" --no-defaults --datadir="$home/data" --user="$user" --skip-networking \
	--socket="$home/db.sock" --pid-file="$home/db.pid" --innodb-buffer-pool-size=16M \
	--innodb-flush-log-at-trx-commit=0 --skip-log-bin >"$home/server.log" 2>&1 &
pid=$!

# The socket appears when the server accepts connections.
tries=0
while [ ! -S "$home/db.sock" ]; do
	if ! kill -0 "$pid" 2>/dev/null || [ "$tries" -ge 600 ]; then
		cat "$home/server.log" >&2
		exit 99
	fi
	tries=$((tries + 1))
	sleep 0.1
done

HICHAT_TEST_DB_SOCKET="$home/db.sock" "$@"
