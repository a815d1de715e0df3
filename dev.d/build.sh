# Configuring and building, out of tree.
# shellcheck shell=bash

# configure_in DIRECTORY [CONFIGURE OPTION ...]: once, and again when the options differ.  What
# changes in configure.ac later, make notices itself.
configure_in() {
	local directory=$1
	shift
	mkdir -p "$directory"
	if [ ! -x configure ]; then
		step configure "autoreconf"
		mkdir -p build-aux
		autoreconf -fi >"$directory/autoreconf.log" 2>&1 || build_failed "$directory/autoreconf.log"
	fi
	if [ ! -f "$directory/Makefile" ] || [ "$*" != "$(cat "$directory/options" 2>/dev/null)" ]; then
		step configure "$directory $*"
		(cd "$directory" && "$root/configure" "$@") >"$directory/configure.log" 2>&1 ||
		    build_failed "$directory/configure.log"
		printf '%s\n' "$*" >"$directory/options"
	fi
}

# build_in DIRECTORY [CONFIGURE OPTION ...]: up to date, in a moment when nothing changed.
build_in() {
	local directory=$1
	configure_in "$@"
	# make is asked first, because "building" is a lie when everything is there.
	if make -C "$directory" -s -q all >/dev/null 2>&1; then
		return 0
	fi
	step build "$directory"
	make -C "$directory" -s -j"$(nproc)" all >"$directory/make.log" || build_failed "$directory/make.log"
}

build_failed() {
	show_end_of "$1" 30
	fail "the build failed; the whole output is in $1"
}
