# ./dev bench: measures an instance of its own, built as users build it.
# shellcheck shell=bash

bench_all() {
	server=lighttpd
	build=$root/build/run
	settings_of var/bench
	packages_ensure build run bench
	build_in "$build"
	make -C "$build" -s bench >"$build/make.log" || build_failed "$build/make.log"
	harness_install
	trap instance_stop EXIT
	trap 'exit 130' INT TERM HUP
	# Tokens outlive the run, and the people whom it needs are quickly registered.
	fresh_instance "$(printf '[auth]\naccess_ttl = 86400\nscrypt_ln = 10\nscrypt_p = 1\n[redis]\ntimeout_ms = 1000')"
	node tests/bench/run.mjs "$@"
}
