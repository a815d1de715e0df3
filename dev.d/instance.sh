# Starting and stopping an instance.
# shellcheck shell=bash

# The supervisor of this instance, if it lives: the pid file may be from before a reboot.
supervisor_pid() {
	local pid
	pid=$(cat "$supervisor" 2>/dev/null) || return 1
	{ tr '\0' ' ' <"/proc/$pid/cmdline"; } 2>/dev/null | grep -qF -- "$service" || return 1
	echo "$pid"
}

# Every process that was started for this instance carries its directory in its environment.
instance_processes() {
	local environment
	for environment in /proc/[0-9]*/environ; do
		if grep -qzxF -- "HICHAT_INSTANCE=$data" "$environment" 2>/dev/null; then
			environment=${environment#/proc/}
			echo "${environment%/environ}"
		fi
	done
}

nothing_runs() {
	[ -z "$(instance_processes)" ]
}

# Web server and programs first, then what they need; the last word is a signal by pid for what
# lost its supervisor.
instance_stop() {
	local pid signal stateless=() stores=() directory
	if pid=$(supervisor_pid); then
		kill "$pid" 2>/dev/null || true # leaves its runsv running, and starts none again
	fi
	for directory in "$service"/*/; do
		[ -p "$directory/supervise/ok" ] || continue
		case $directory in
		*/mariadb/ | */redis/) stores+=("$directory") ;;
		*) stateless+=("$directory") ;;
		esac
	done
	[ ${#stateless[@]} -eq 0 ] || sv -w 10 force-shutdown "${stateless[@]}" >/dev/null 2>&1 || true
	[ ${#stores[@]} -eq 0 ] || sv -w 20 force-shutdown "${stores[@]}" >/dev/null 2>&1 || true
	for signal in TERM KILL; do
		nothing_runs && break
		instance_processes | xargs -r kill -s "$signal" 2>/dev/null || true
		wait_until 10 nothing_runs || true
	done
	public_remove
	rm -f "$supervisor" "$run"/*.sock
}

# Its directory may be a file system of its own.
database_remove() {
	mkdir -p "$data/mariadb"
	find "$data/mariadb" -mindepth 1 -delete
}

database_make() {
	[ ! -d "$data/mariadb/mysql" ] || return 0
	step mariadb "making the database in $data/mariadb"
	database_remove
	mkdir -p "$data/tmp" # apart from other servers', see write_mariadb
	TMPDIR=$data/tmp mariadb-install-db --no-defaults --user="$(id -un)" --datadir="$data/mariadb" \
	    --auth-root-authentication-method=normal --skip-test-db >"$log/mariadb-install.log" 2>&1 || {
		database_remove
		show_end_of "$log/mariadb-install.log"
		fail "MariaDB could not make its database"
	}
}

# A log that has grown is put aside once; it is a developer's instance, not a server.
logs_rotate() {
	local file
	while IFS= read -r file; do
		mv -f "$file" "$file.1"
	done < <(find "$log" -name '*.log' -size +10M)
}

# What needs the database waits for it, so that a usual start logs no failure.
services_up() {
	rm -f "$service"/*/down
	sv up "$service"/*/ >/dev/null
}

supervisor_start() {
	# Services of an earlier start that are no longer wanted would be started too.
	rm -rf "${service:?}"
	mkdir -p "$service"
	services_write
	touch "$service"/{web,wsd,account,social,chat,moments,media}/down
	# A session of its own: Ctrl-C is for ./dev, which then stops everything in order.
	HICHAT_INSTANCE=$data setsid runsvdir -P "$service" \
	    >>"$log/supervisor.log" 2>&1 </dev/null {start_lock}>&- &
	echo $! >"$supervisor"
	disown
}

database_answers() {
	mariadb --no-defaults --socket="$run/mariadb.sock" --user=hichat \
	    --password="$(setting database password)" -e 'SELECT 1' hichat >/dev/null 2>&1
}

program_answers() {
	curl -fsS --noproxy '*' -m 5 -o /dev/null "$address/api/v1/$1/health" 2>"$run/health"
}

schema_migrate() {
	HICHAT_CONFIG=$config "$build/hichatctl/hichatctl" migrate --dir "$root/sql/migrations" \
	    >"$log/migrate.log" 2>&1 ||
	    instance_fail migrate "the schema could not be brought up to date"
	step migrate "$(tail -n 1 "$log/migrate.log")"
}

# The sticker packs that come with HiChat, once for each version of them: one that was removed stays
# away.
packs_add() {
	local pack version known=$data/etc/sticker-packs
	touch "$known"
	for pack in "$web_root"/stickers/*/; do
		[ -r "${pack}pack.json" ] || continue
		version="$(basename "$pack") $(cksum <"${pack}pack.json")"
		! grep -qxF -- "$version" "$known" || continue
		HICHAT_CONFIG=$config "$build/hichatctl/hichatctl" sticker-pack add "$pack" >"$log/stickers.log" 2>&1 ||
		    instance_fail stickers "the stickers in $pack could not be added"
		printf '%s\n' "$version" >>"$known"
		step stickers "$(tail -n 1 "$log/stickers.log")"
	done
}

# instance_fail PART WHAT: what the part's log says goes with it.
instance_fail() {
	show_end_of "$log/$1.log"
	instance_stop
	fail "$2; the log is $log/$1.log"
}

# Taken, and not by this instance: asked before that is stopped.
port_is_foreign() {
	port_is_taken "$port" && [ "$(cat "$run/address" 2>/dev/null)" != "http://127.0.0.1:$port" ]
}

# Where nobody has asked for one.
port_choose() {
	port=8080
	while port_is_foreign; do
		port=$((port + 1))
		[ "$port" -lt 8180 ] || fail "every port from 8080 on is taken; choose one with --port N"
	done
	[ "$port" -eq 8080 ] || step port "somebody else has 8080; taking $port"
}

port_refuse() {
	fail "port $port of 127.0.0.1 is taken; choose another with --port N"
}

instance_start() {
	local name began
	began=$(now_ms)
	address=http://127.0.0.1:$port
	! port_is_foreign || port_refuse
	mkdir -p "$data/etc" "$run" "$log"
	# Two at a time would leave two supervisors behind.
	exec {start_lock}>"$run/start.lock"
	flock -n "$start_lock" || fail "another ./dev is just starting the instance in $data"
	chmod 711 "$data" "$run"
	logs_rotate
	settings_write
	settings_complete
	if supervisor_pid >/dev/null || ! nothing_runs; then
		step stop "the instance that runs already"
	fi
	instance_stop
	! port_is_taken "$port" || port_refuse
	settings_move_ports
	public_prepare
	change_setting live poll_directory "$public/poll"
	database_make

	step start "MariaDB, Redis"
	supervisor_start
	wait_until 60 database_answers || instance_fail mariadb "MariaDB did not come up"
	schema_migrate
	step start "${fastcgi_programs[*]} wsd $server"
	services_up
	wait_until 15 port_is_taken "$port" || instance_fail web "$server did not come up"
	for name in "${fastcgi_programs[@]}"; do
		wait_until 30 program_answers "$name" || {
			show_end_of "$run/health" 1
			instance_fail "$name" "$name did not answer at $address/api/v1/$name/health"
		}
	done
	printf '%s\n' "$address" >"$run/address"
	step started "in $(($(now_ms) - began)) ms"
	exec {start_lock}>&-
}
