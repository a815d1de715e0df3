# Installing the Debian packages that dev.d/packages names.
# shellcheck shell=bash

packages_of() {
	awk -v groups=" $* " '!/^#/ && NF == 2 && index(groups, " " $1 " ") { print $2 }' dev.d/packages
}

node_is_usable() {
	command -v npm >/dev/null && command -v node >/dev/null &&
	    [ "$(node -p 'process.versions.node.split(".")[0]')" -ge 18 ]
}

# Those of the packages given that are not installed.
packages_missing() {
	dpkg-query -W -f '${db:Status-Abbrev} ${Package}\n' "$@" 2>/dev/null |
	    awk 'BEGIN { for (i = 1; i < ARGC; i++) wanted[ARGV[i]] = 1; ARGC = 1 }
		$1 == "ii" { delete wanted[$2] }
		END { for (name in wanted) print name }' "$@" | sort
}

# Some of these packages bring a system service, and Debian starts those at once.  Ours run
# privately, so apt is told not to, in the way Debian has for that, unless somebody else already
# has rules of their own.
apt_script() {
	cat <<-'END'
	set -e
	policy=/usr/sbin/policy-rc.d
	if [ ! -e "$policy" ]; then
		trap 'rm -f "$policy"' EXIT
		printf '#!/bin/sh\nexit 101\n' >"$policy"
		chmod 755 "$policy"
	fi
	export DEBIAN_FRONTEND=noninteractive
	apt-get -qq update
	apt-get -qq -y -o Dpkg::Use-Pty=0 install --no-install-recommends "$@"
	END
}

packages_ensure() {
	local groups=("$@") wanted missing as_root=() log
	command -v dpkg-query >/dev/null || return 0 # not Debian: configure will tell what is missing
	node_is_usable || groups+=(node)
	mapfile -t wanted < <(packages_of "${groups[@]}")
	mapfile -t missing < <(packages_missing "${wanted[@]}")
	[ ${#missing[@]} -gt 0 ] || return 0

	if [ "$(id -u)" -ne 0 ]; then
		command -v sudo >/dev/null ||
		    fail "these packages are missing, have an administrator install them:
    apt-get install --no-install-recommends ${missing[*]}"
		as_root=(sudo)
	fi
	say "Installing Debian packages: ${missing[*]}"
	log=$(mktemp)
	if ! "${as_root[@]}" sh -c "$(apt_script)" apt "${missing[@]}" >"$log" 2>&1 </dev/null; then
		show_end_of "$log"
		fail "apt-get could not install them; the whole output is in $log"
	fi
	rm -f "$log"
}
