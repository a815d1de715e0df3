# The instance's settings: its place, its ports, its hichat.conf.
# shellcheck shell=bash

# What configure, mariadb-install-db or a configuration file would take for something else.
path_check() {
	local special=$'[][[:space:]"\'`$&;|<>*?#\\\\]'
	[[ ! $1 =~ $special ]] || fail "the path $1 holds a space or a special character; choose another"
}

# ownership_check [PATH ...]: what root made, by sudo, others cannot go on with.
ownership_check() {
	local found paths=()
	[ "$(id -u)" -ne 0 ] || return 0
	for found in configure build-aux autom4te.cache build tests/node_modules "$@"; do
		[ ! -e "$found" ] || paths+=("$found")
	done
	[ ${#paths[@]} -gt 0 ] || return 0
	found=$(find "${paths[@]}" -user root -print -quit)
	[ -z "$found" ] || fail "$found belongs to root, from a run with sudo.  Go on with sudo, or take over what it made:
    sudo chown -R $(id -un): ${paths[*]}"
}

# settings_of DATA-DIRECTORY: names every path of an instance.
settings_of() {
	data=$(realpath -m -- "$1")
	path_check "$root"
	path_check "$data"
	run=$data/run
	service=$data/service
	log=$data/log
	config=$data/etc/hichat.conf
	supervisor=$run/supervisor.pid
	# What sun_path holds, less the longest name that is put there.
	[ ${#run} -le 90 ] || fail "the path $data is too long for Unix sockets; choose another with --data DIR"
}

random_hex() {
	od -An -v -tx1 -N"$1" /dev/urandom | tr -d ' \n'
}

# Anybody listening?
port_is_taken() {
	(exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null
}

# A port that nobody has and that the kernel does not hand out to outgoing connections.
free_port() {
	local candidate
	while :; do
		candidate=$((20000 + (RANDOM * 32768 + RANDOM) % 12000))
		port_is_taken "$candidate" || break
	done
	echo "$candidate"
}

# setting SECTION KEY: what hichat.conf says.
setting() {
	awk -F ' *= *' -v section="[$1]" -v key="$2" '
		/^\[/ { inside = $0 == section }
		inside && $1 == key { print $2 }' "$config"
}

# change_setting SECTION KEY VALUE
change_setting() {
	awk -v section="[$1]" -v key="$2" -v value="$3" '
		/^\[/ { inside = $0 == section }
		inside && $1 == key { print key " = " value; next }
		{ print }' "$config" >"$config.new"
	mv "$config.new" "$config"
}

# Written once; whatever is changed in it later stays, but for the two ports of wsd, which move
# away when somebody else has taken them.
settings_write() {
	[ ! -f "$config" ] || return 0
	(
		umask 077
		cat >"$config" <<-END
		# Made by ./dev for the instance in $data.
		# Every key is explained in hichat.conf(5).

		[database]
		socket = $run/mariadb.sock
		user = hichat
		password = $(random_hex 16)
		name = hichat

		[redis]
		socket = $run/redis.sock

		[auth]
		token_keys = k1:$(random_hex 32)
		# Plain http on a loopback address only.
		secure_cookies = no

		[log]
		destination = stderr
		level = info

		[serve]
		runtime_directory = $run

		[live]
		url = /live
		listen = 127.0.0.1:$(free_port)
		metrics_listen = 127.0.0.1:$(free_port)
		poll_directory = $run/poll
		END
		printf '%s' "${extra_settings-}" >>"$config"
	)
}

# What instances of an earlier version have not; the web server and mod_fcgid's limit are ours.
settings_complete() {
	mkdir -p "$data/media"
	! grep -qx '\[media\]' "$config" || return 0
	printf '\n[media]\npath = %s\npiece_size = 524288\n' "$data/media" >>"$config"
}

settings_move_ports() {
	local key
	for key in listen metrics_listen; do
		if port_is_taken "$(setting live $key | sed 's/.*://')"; then
			change_setting live $key "127.0.0.1:$(free_port)"
		fi
	done
	wsd_port=$(setting live listen | sed 's/.*://')
}
