# What runit supervises: a directory per part, with the script that becomes it.
# shellcheck shell=bash

fastcgi_programs=(account social chat moments media)

# What the tests move MariaDB's clock with, where it is installed: libfaketime looks every second at
# what the file says.
clock_environment() {
	local library
	[ -n "${movable_clock-}" ] || return 0
	for library in /usr/lib/*/faketime/libfaketimeMT.so.1; do
		[ -f "$library" ] || return 0
		printf '+0\n' >"$run/clock"
		cat <<-END
		export LD_PRELOAD='$library' FAKETIME_TIMESTAMP_FILE='$run/clock' FAKETIME_CACHE_DURATION=1
		export FAKETIME_DONT_FAKE_MONOTONIC=1 FAKETIME_DISABLE_SHM=1
		END
	done
}

# service_write NAME: makes the run script from standard input; it shall end in `exec`.
service_write() {
	mkdir -p "$service/$1"
	{
		printf '#!/bin/sh\nexec >>%q 2>&1 </dev/null\n' "$log/$1.log"
		cat
	} >"$service/$1/run.new"
	chmod 755 "$service/$1/run.new"
	mv "$service/$1/run.new" "$service/$1/run"
}

# A web server that root starts serves as www-data, which must be able to come to the UI and to
# the sockets.  A clone in /root is closed to it: what it needs is put under /run then.
public_prepare() {
	web_root=$build/www/dist
	[ -d "$web_root" ] || web_root=$root/www/dist # a release brings it
	[ -r "$web_root/index.html" ] || fail "the web UI was not built; see $build/configure.log"
	public=$run
	web_user=
	if [ "$(id -u)" -ne 0 ]; then
		mkdir -p "$public/upload" "$public/poll"
		return 0
	fi
	web_user=www-data
	if ! runuser -u "$web_user" -- test -x "$run" -a -r "$web_root/index.html"; then
		public=/run/hichat-dev.$(printf '%s' "$data" | cksum | cut -d ' ' -f 1)
		rm -rf "$public"
		install -d -m 755 "$public"
		cp -R "$web_root" "$public/www"
		chmod -R a+rX "$public/www"
		web_root=$public/www
		printf '%s\n' "$public" >"$run/public"
	fi
	install -d -m 700 -o "$web_user" "$public/upload"
	install -d -m 755 "$public/poll"
}

public_remove() {
	local directory
	directory=$(cat "$run/public" 2>/dev/null) || return 0
	[[ $directory != /run/hichat-dev.* ]] || rm -rf "$directory"
	rm -f "$run/public"
}

services_write() {
	local name
	write_mariadb
	write_redis
	for name in "${fastcgi_programs[@]}"; do
		write_program "$name"
	done
	write_wsd
	"write_$server"
}

# Small, but as durable as a real one: what was acknowledged survives a crash.
write_mariadb() {
	local init=$data/etc/mariadb-init.sql password
	password=$(setting database password)
	(
		umask 077
		cat >"$init" <<-END
		CREATE DATABASE IF NOT EXISTS hichat CHARACTER SET utf8mb4;
		CREATE USER IF NOT EXISTS hichat@localhost;
		ALTER USER hichat@localhost IDENTIFIED BY '$password';
		GRANT ALL ON hichat.* TO hichat@localhost;
		END
	)
	# A server that starts removes what it finds of temporary tables, whosesoever they are.
	mkdir -p "$data/tmp"
	service_write mariadb <<-END
	$(clock_environment)
	exec mariadbd --no-defaults --user='$(id -un)' --datadir='$data/mariadb' --tmpdir='$data/tmp' \\
	    --socket='$run/mariadb.sock' --pid-file='$run/mariadb.pid' --skip-networking \\
	    --init-file='$init' --character-set-server=utf8mb4 --max-connections=${database_connections-151} \\
	    --innodb-flush-log-at-trx-commit=1 --innodb-buffer-pool-size=128M \\
	    --innodb-log-file-size=64M --performance-schema=off --skip-log-bin
	END
}

write_redis() {
	service_write redis <<-END
	exec redis-server --port 0 --unixsocket '$run/redis.sock' --unixsocketperm 700 \\
	    --save '' --appendonly no --daemonize no --dir '$run'
	END
}

# A multiwatch holds the socket, so that the connections which wait there outlive a program that
# dies.  chat has threads, the others processes.
write_program() {
	local forks=2
	[ "$1" != chat ] || forks=1
	service_write "$1" <<-END
	export HICHAT_CONFIG='$config'
	exec spawn-fcgi -n -s '$public/$1.sock' -M 0600 ${web_user:+-U $web_user} -b 1024 -- \\
	    $(command -v multiwatch) -f $forks -r 1000000 -- '$build/cgi/$1/$1.fcgi'
	END
}

write_wsd() {
	service_write wsd <<-END
	export HICHAT_CONFIG='$config'
	ulimit -n \$(ulimit -H -n | awk '{ print (\$1 > 65536 || \$1 == "unlimited") ? 65536 : \$1 }')
	exec '$build/wsd/wsd'
	END
}

# The samples are used as they are; these only set what they leave open.

write_lighttpd() {
	local user_line=
	[ -z "$web_user" ] || user_line="server.username = \"$web_user\""
	cat >"$data/etc/lighttpd.conf" <<-END
	server.bind = "127.0.0.1"
	server.port = $port
	server.upload-dirs = ( "$public/upload" )
	$user_line
	var.hichat_www = "$web_root"
	var.hichat_sockets = "$public"
	var.hichat_wsd = $wsd_port
	include "$root/lighttpd.conf.sample"
	END
	service_write web <<-END
	exec lighttpd -D -f '$data/etc/lighttpd.conf'
	END
}

apache_modules=(mpm_event authz_core mime alias dir headers deflate filter reqtimeout
	proxy proxy_fcgi proxy_http proxy_wstunnel)

write_apache() {
	local module modules=${APACHE_MODULES-/usr/lib/apache2/modules}
	{
		for module in "${apache_modules[@]}"; do
			printf 'LoadModule %s_module %s/mod_%s.so\n' "$module" "$modules" "$module"
		done
		cat <<-END
		ServerRoot $run
		ServerName 127.0.0.1
		PidFile $run/apache.pid
		ErrorLog /dev/stderr
		Listen 127.0.0.1:$port
		${web_user:+User $web_user}
		${web_user:+Group $web_user}
		ServerLimit 16
		ThreadsPerChild 64
		MaxRequestWorkers 1024
		TypesConfig /dev/null
		Define HICHAT_WWW $web_root
		Define HICHAT_SOCKETS $public
		Define HICHAT_WSD $wsd_port
		Define HICHAT_LISTEN 127.0.0.1:$port
		Define HICHAT_NAME 127.0.0.1
		Include $root/apache.conf.sample
		END
	} >"$data/etc/apache.conf"
	service_write web <<-END
	exec apache2 -D FOREGROUND -f '$data/etc/apache.conf'
	END
}
