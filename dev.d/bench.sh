# ./dev bench: an optimised build, an instance of its own, and what tests/bench measures.
# shellcheck shell=bash

# Nothing is limited, tokens outlive the run, and people are quickly registered; the message path
# is configured as it would be anywhere.
bench_settings() {
	cat <<-'END'

	[auth]
	access_ttl = 86400
	refresh_ttl = 2592000
	scrypt_ln = 10
	scrypt_p = 1

	[limits]
	login_account = 0
	login_address = 0
	registrations = 0
	sends = 0
	searches = 0
	friend_requests = 0
	END
}

# bench_all [OPTION ...]: options are those of tests/bench/run.mjs.
bench_all() {
	server=lighttpd
	build=$root/build/run
	results=$build/results
	mkdir -p "$results"
	packages_ensure build run bench
	build_in "$build"
	make -C "$build" -s -j"$(nproc)" bench >"$build/bench.log" || build_failed "$build/bench.log"
	test_dependencies
	settings_of var/bench
	instance_stop
	rm -rf "$data"
	port=$(free_port)
	extra_settings=$(bench_settings)
	trap 'instance_stop' EXIT
	trap 'exit 130' INT TERM HUP
	instance_start
	HICHAT_DATA=$data HICHAT_BUILD=$build HICHAT_URL=$address node tests/bench/run.mjs "$@"
}
