# ./dev lint: every check that needs no running instance.
# shellcheck shell=bash

complaints=()

# check NAME COMMAND ...: its output is shown only when it fails.
check() {
	local name=$1 output
	shift
	output=$build/$name.log
	if "$@" >"$output" 2>&1; then
		step "$name" ok
	else
		step "$name" "complains:"
		cat "$output"
		complaints+=("$name")
	fi
}

# What is tracked, and what is about to be.
files_of() {
	git ls-files --cached --others --exclude-standard -- "$@" | sort -u |
	    while IFS= read -r file; do [ ! -f "$file" ] || printf '%s\n' "$file"; done
}

lint_format() {
	files_of '*.c' '*.h' | xargs -r clang-format --dry-run -Werror
}

# The flags that the compiler gets, from the makefile itself.
compiler_flags() {
	make -C "$build" -s lint-flags
}

# A file is looked at again when it, any header or the rules are newer than its verdict.
lint_tidy() {
	local file verdict newest todo=()
	newest=$(files_of '*.h' .clang-tidy | xargs -r ls -t | head -n 1)
	while IFS= read -r file; do
		verdict=$build/tidy/${file//\//_}
		[ "$verdict" -nt "$file" ] && [ "$verdict" -nt "$newest" ] || todo+=("$file")
	done < <(files_of '*.c')
	mkdir -p "$build/tidy"
	[ ${#todo[@]} -gt 0 ] || return 0
	# shellcheck disable=SC2016 # the shell that xargs starts expands them
	printf '%s\n' "${todo[@]}" | flags=$(compiler_flags) verdicts=$build/tidy xargs -P "$(nproc)" -n 1 \
	    bash -c 'clang-tidy --quiet "$0" -- $flags && touch "$verdicts/${0//\//_}"'
}

# -U keeps our own words for _Generic away from cppcheck 2.10, which crashes on it.  What is filled
# by a callee looks uninitialized to it across files (ctuuninitvar); the compilers see that better.
# Tests are left out: that cmocka's assertions do not return is unknown to it.
lint_cppcheck() {
	files_of 'lib/*.c' 'cgi/*.c' 'wsd/*.c' 'hichatctl/*.c' |
	    xargs -r cppcheck --quiet --std=c11 --language=c -j "$(nproc)" \
		--enable=warning,performance,portability --inline-suppr --error-exitcode=1 \
		--suppress=missingIncludeSystem --suppress=ctuuninitvar -UP -ULOG_FIELD -UKIND_OF \
		--cppcheck-build-dir="$build/cppcheck" -D_GNU_SOURCE \
		-Ilib -Icgi/web -Icgi/domain -Icgi/erasing -Iwsd -Ihichatctl
}

# ./dev test compiles with gcc; what clang warns about counts as much.
lint_compile() {
	make -C "$build" -s -k -j"$(nproc)" all
}

# The parts in dev.d are looked at where ./dev puts them together: alone, what they share is unknown.
lint_shell() {
	local scripts
	mapfile -t scripts < <(files_of '*.sh' ':!dev.d')
	shellcheck --external-sources --check-sourced dev .ci/run "${scripts[@]}"
}

lint_manuals() {
	files_of 'man/*' | xargs -r mandoc -Tlint -Wwarning
}

lint_tests() {
	files_of 'tests/*.mjs' | xargs -r -n 1 node --check
}

lint_web_ui() {
	rm -rf "$build/www/build/tests"
	cp -R www/eslint.config.js www/tests "$build/www/build/"
	(cd "$build/www/build" && npm run --silent check)
}

lint_all() {
	[ $# -eq 0 ] || fail "lint takes no arguments"
	build=$root/build/lint
	ownership_check
	packages_ensure build check
	mkdir -p "$build/cppcheck"
	configure_in "$build" CC=clang --enable-werror
	make -C "$build" -s web-ui >"$build/make.log" 2>&1 || build_failed "$build/make.log"
	check clang-format lint_format
	check shellcheck lint_shell
	check mandoc lint_manuals
	check tests lint_tests
	check web-ui lint_web_ui
	check clang lint_compile
	check cppcheck lint_cppcheck
	check clang-tidy lint_tidy
	[ ${#complaints[@]} -eq 0 ] || fail "lint: ${complaints[*]}"
	say "lint: no complaints"
}
