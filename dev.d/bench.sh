# ./dev bench: measures an instance of its own, built as users build it.
# shellcheck shell=bash

# bench_start DIRECTORY: tokens outlive the run, and the people whom it needs are quickly registered.
bench_start() {
	settings_of "$1"
	database_connections=300 # as many inserts at a time as sends, beside those of the programs
	fresh_instance "$(printf '[auth]\naccess_ttl = 86400\nscrypt_ln = 10\nscrypt_p = 1\n[redis]\ntimeout_ms = 1000')"
}

bench_stop() {
	local directory
	for directory in var/bench var/bench-few var/fill; do
		settings_of "$directory"
		[ ! -d "$data" ] || instance_stop
	done
}

# What is in var/fill stays there, to be looked at with ./dev run --data var/fill.
bench_fill() {
	bench_start var/bench-few
	node tests/bench/fill.mjs few "$data/few.json"
	bench_start var/fill
	node tests/bench/fill.mjs many "$root/var/bench-few/few.json"
}

bench_all() {
	server=lighttpd
	build=$root/build/run
	settings_of var/bench
	ownership_check var
	packages_ensure build run bench
	build_in "$build"
	make -C "$build" -s bench >"$build/make.log" || build_failed "$build/make.log"
	harness_install
	trap bench_stop EXIT
	trap 'exit 130' INT TERM HUP
	if [ "${1-}" = --fill ]; then
		[ $# -eq 1 ] || fail "bench --fill takes no other arguments"
		bench_fill
	else
		bench_start var/bench
		node tests/bench/run.mjs "$@"
	fi
}
