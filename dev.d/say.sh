# Telling what happens, and giving up.
# shellcheck shell=bash

say() {
	printf '%s\n' "$*"
}

step() {
	printf '  %-12s %s\n' "$1" "$2"
}

# now_ms: of which only differences mean something.
now_ms() {
	local microseconds=${EPOCHREALTIME/[.,]/}
	echo $((microseconds / 1000))
}

fail() {
	printf 'dev: %s\n' "$*" >&2
	exit 1
}

# The end of a log file, to go with a failure.
show_end_of() {
	[ -s "$1" ] || return 0
	printf '\nThe end of %s:\n' "$1" >&2
	tail -n "${2-20}" "$1" | sed 's/^/  | /' >&2
}

# Waits until the command is true, for at most so many seconds.
wait_until() {
	local deadline=$((SECONDS + $1))
	shift
	until "$@"; do
		[ $SECONDS -lt $deadline ] || return 1
		sleep 0.05
	done
}
