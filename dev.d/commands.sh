# ./dev run and ./dev stop; the larger commands have files of their own.
# shellcheck shell=bash

# option_value NAME [VALUE]: for `x=$(option_value "$@") || exit`, as $( ) cannot end more than itself.
option_value() {
	[ -n "${2-}" ] || fail "$1 takes a value"
	printf '%s' "$2"
}

check_options() {
	[[ $server == lighttpd || $server == apache ]] || fail "--server takes lighttpd or apache, not \"$server\""
	[[ $port =~ ^[1-9][0-9]{0,4}$ && $port -le 65535 ]] || fail "--port takes a number from 1 to 65535, not \"$port\""
}

command_run() {
	local detach=no
	server=lighttpd port='' build=$root/build/run
	data=var
	while [ $# -gt 0 ]; do
		case $1 in
		--server) server=$(option_value "$@") || exit; shift ;;
		--port) port=$(option_value "$@") || exit; shift ;;
		--data) data=$(option_value "$@") || exit; shift ;;
		--detach) detach=yes ;;
		*) fail "run does not know \"$1\"; see ./dev help" ;;
		esac
		shift
	done
	settings_of "$data"
	[ -n "$port" ] || port_choose
	check_options
	ownership_check "$data"
	packages_ensure build run
	build_in "$build"
	trap instance_interrupted INT TERM HUP
	instance_start
	packs_add
	say
	say "HiChat is at $address/"
	if [ $detach = yes ]; then
		say "Stop it with ./dev stop; its logs are in $log"
		return 0
	fi
	say "Ctrl-C stops it; its logs are in $log"
	# Ends too when somebody else says ./dev stop.
	while supervisor_pid >/dev/null; do
		sleep 1 &
		wait $! || true
	done
}

instance_interrupted() {
	trap '' INT TERM HUP
	say
	step stop "$data"
	instance_stop
	exit 0
}

command_stop() {
	data=var
	while [ $# -gt 0 ]; do
		case $1 in
		--data) data=$(option_value "$@") || exit; shift ;;
		*) fail "stop does not know \"$1\"; see ./dev help" ;;
		esac
		shift
	done
	settings_of "$data"
	[ -d "$data" ] || fail "there is no instance in $data"
	instance_stop
	step stopped "$data"
}

command_test() {
	. dev.d/harness.sh
	. dev.d/test.sh
	test_all "$@"
}

command_bench() {
	. dev.d/harness.sh
	. dev.d/bench.sh
	bench_all "$@"
}

command_lint() {
	. dev.d/lint.sh
	lint_all "$@"
}
