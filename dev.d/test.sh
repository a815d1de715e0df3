# ./dev test: builds with sanitizers, then runs every test there is and adds them up.
# shellcheck shell=bash

passed=0
failed=0
told=0 # the second in which something was counted last

# Counts from TAP's closing comments, as node's runner writes them.
count_tap() {
	awk '/^# (pass|fail|cancelled) [0-9]+$/ { sum[$2] += $3 }
		END { print sum["pass"] + 0, sum["fail"] + sum["cancelled"] }' "$1"
}

add_counts() {
	local suite=$1 good=$2 bad=$3
	passed=$((passed + good))
	failed=$((failed + bad))
	step "$suite" "$good passed, $bad failed in $((SECONDS - told)) s"
	told=$SECONDS
}

# Those of the files given that match the pattern, one a line.
matching() {
	local file
	for file in "$@"; do
		[ -f "$file" ] || continue
		[[ $file != *"$pattern"* ]] || printf '%s\n' "$file"
	done
}

# A program whose cases failed ends with an error too, which is not one more failure.
count_unit_failures() {
	awk '/^FAIL: / { n++; told[$2] = 1 }
		/^ERROR: / && !told[$2] { n++; told[$2] = 1 }
		END { print n + 0 }' "$1"
}

test_units() {
	local wanted tests good bad
	mapfile -t wanted < <(matching tests/unit/*_test.c)
	[ ${#wanted[@]} -gt 0 ] || return 0
	tests="${wanted[*]%.c}"
	[ -n "$pattern" ] || tests= # the makefile's own list: a file that it lacks would fail to build
	make -C "$build" -k -j"$(nproc)" check ${tests:+TESTS="$tests"} >"$results/unit.log" 2>&1 || true
	good=$(awk '/^# PASS: / { print $3; exit }' "$results/unit.log")
	bad=$(count_unit_failures "$results/unit.log")
	if [ -z "$good" ]; then
		show_end_of "$results/unit.log" 30
		good=0 bad=1
	fi
	add_counts unit "$good" "$bad"
	[ "$bad" -eq 0 ] || show_end_of "$build/test-suite.log" 60
}

# node_suite NAME AT-ONCE FILE ...: runs files of node:test and counts.
node_suite() {
	local suite=$1 at_once=$2 good bad status=0
	shift 2
	[ $# -gt 0 ] || return 0
	timeout 1800 node --test --test-concurrency="$at_once" \
	    --test-reporter=spec --test-reporter-destination="$results/$suite.log" \
	    --test-reporter=tap --test-reporter-destination="$results/$suite.tap" "$@" || status=$?
	read -r good bad < <(count_tap "$results/$suite.tap")
	# A runner that died (or was ended for its time) must not look like a success.
	[ "$status" -eq 0 ] || [ "$bad" -gt 0 ] || bad=1
	add_counts "$suite" "$good" "$bad"
	[ "$bad" -eq 0 ] || sed -n '/failing tests:/,$p' "$results/$suite.log"
}

directory_suite() {
	local files
	mapfile -t files < <(matching tests/"$1"/*.test.mjs)
	node_suite "$2" "$3" "${files[@]}"
}

# The UI's own tests need no server.
test_web_ui() {
	[ -d www/tests ] && [[ www/tests == *"$pattern"* ]] || return 0
	local good bad status=0
	rm -rf "$build/www/build/tests"
	cp -R www/tests "$build/www/build/tests"
	(cd "$build/www/build" && NODE_OPTIONS=--test-reporter=tap npm test --silent) \
	    >"$results/www.tap" 2>&1 || status=$?
	read -r good bad < <(count_tap "$results/www.tap")
	[ "$status" -eq 0 ] || [ "$bad" -gt 0 ] || bad=1
	add_counts www "$good" "$bad"
	[ "$bad" -eq 0 ] || show_end_of "$results/www.tap" 60
}

# Whatever AddressSanitizer or UndefinedBehaviorSanitizer wrote while the servers ran.
count_sanitizer_reports() {
	local reports
	mapfile -t reports < <(find "$log" -name 'sanitizer.*')
	[ ${#reports[@]} -gt 0 ] || return 0
	add_counts sanitizers 0 ${#reports[@]}
	show_end_of "${reports[0]}" 60
}

# start_under_test SERVER DIRECTORY: whatever the sanitizers find in it goes to files, see above.
start_under_test() {
	server=$1
	settings_of "$2"
	export ASAN_OPTIONS=log_path=$log/sanitizer:detect_stack_use_after_return=1
	export UBSAN_OPTIONS=log_path=$log/sanitizer:print_stacktrace=1
	export HICHAT_ANSWERS=$run/answers
	# Cheap hashes: the tests register hundreds of people.
	fresh_instance "$(printf '[auth]\nscrypt_ln = 10')"
}

test_through() {
	start_under_test "$1" "var/test-$1"
	shift
	"$@"
	instance_stop
	count_sanitizer_reports
}

suites_all() {
	directory_suite api api 2
	# What the api suite has asked for is known when all of it has.
	[ -n "$pattern" ] || directory_suite coverage coverage 1
	directory_suite live live 2
	directory_suite browser browser 2
	directory_suite faults faults 1
}

# Nothing but the way through the web server is different there: what takes another way there than
# other requests do.  ./dev test --server apache runs everything through it.
suites_of_the_web_server() {
	local files
	mapfile -t files < <(matching tests/api/web_server.test.mjs)
	node_suite api-apache 1 "${files[@]}"
	mapfile -t files < <(matching tests/faults/slow_body.test.mjs)
	node_suite faults-apache 1 "${files[@]}"
	mapfile -t files < <(matching tests/live/{chat,parting,social}.test.mjs)
	node_suite live-apache 2 "${files[@]}"
	mapfile -t files < <(matching tests/browser/{two_people_chat,without_live_connection}.test.mjs)
	node_suite browser-apache 1 "${files[@]}"
}

# They fill the store: nothing else is in it, and it is not kept.
test_plans() {
	[ -n "$(matching tests/plans/*.test.mjs)" ] || return 0
	harness_install
	start_under_test lighttpd var/test-plans
	directory_suite plans plans 1
	instance_stop
	count_sanitizer_reports
	rm -rf "$data"
}

# An instance of its own, which is broken in every way that its surroundings allow.
test_nemesis() {
	[ -n "$(matching tests/faults/nemesis/*.test.mjs)" ] || return 0
	local small_disk=256M movable_clock=yes
	harness_install
	start_under_test "$1" var/test-nemesis
	directory_suite faults/nemesis nemesis 1
	sed -n 's/^# report: /               /p' "$results/nemesis.tap"
	instance_stop
	count_sanitizer_reports
	disk_unmount
}

any_server_tests() {
	[ -n "$(matching tests/{api,live,browser,faults}/*.test.mjs)" ]
}

test_all() {
	local through=
	pattern=
	while [ $# -gt 0 ]; do
		case $1 in
		--server) through=$(option_value "$@") || exit; shift ;;
		--long) export HICHAT_NEMESIS_SECONDS=600 ;;
		-*) fail "test does not know \"$1\"; see ./dev help" ;;
		*) pattern=$1 ;;
		esac
		shift
	done
	server=${through:-lighttpd} port=1
	check_options
	build=$root/build/test
	results=$build/results
	ownership_check var
	packages_ensure build run check
	build_in "$build" --enable-werror --enable-sanitizers
	rm -rf "$results"
	mkdir -p "$results"
	trap '[ -z "${data-}" ] || { instance_stop; disk_unmount; }' EXIT
	trap 'exit 130' INT TERM HUP

	test_units
	test_web_ui
	if any_server_tests; then
		harness_install
		test_through "$server" suites_all
		[ -n "$through$pattern" ] || test_through apache suites_of_the_web_server
	fi
	test_nemesis "${through:-lighttpd}"
	test_plans
	say
	say "$passed passed, $failed failed"
	[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ] # the exit status
}
