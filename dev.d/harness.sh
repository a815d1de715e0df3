# What ./dev test and ./dev bench share: node's modules, and an instance of their own.
# shellcheck shell=bash

harness_install() {
	local used=tests/node_modules/.package-lock.used
	! cmp -s tests/package-lock.json $used || return 0
	step npm "tests/node_modules"
	(cd tests && npm ci --no-audit --no-fund --loglevel=error) >"$build/npm.log" 2>&1 || {
		show_end_of "$build/npm.log"
		fail "npm could not install what tests/package.json names"
	}
	cp tests/package-lock.json $used
}

# Tests of limits bring their own.
no_limits() {
	cat <<-'END'

	[limits]
	login_account = 0
	login_address = 0
	registrations = 0
	sends = 0
	searches = 0
	friend_requests = 0
	groups = 0
	group_requests = 0
	group_changes = 0
	posts = 0
	interactions = 0

	END
}

# Gives MariaDB's data a file system that a test can fill; only root may.
disk_mount() {
	[ -n "${small_disk-}" ] || return 0
	mkdir -p "$data/mariadb"
	mount -t tmpfs -o "size=$small_disk" hichat-test "$data/mariadb" 2>/dev/null || true
}

disk_unmount() {
	! mountpoint -q "$data/mariadb" || umount "$data/mariadb"
}

# fresh_instance [SETTINGS]: an empty one in $data, behind $server, told to node by environment.
fresh_instance() {
	instance_stop
	disk_unmount
	rm -rf "$data"
	disk_mount
	port=$(free_port)
	export HICHAT_DATA=$data HICHAT_BUILD=$build HICHAT_URL=http://127.0.0.1:$port
	extra_settings="$(no_limits)
${1-}
"
	instance_start
}
