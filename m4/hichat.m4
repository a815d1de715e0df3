dnl Checks that configure.ac repeats.

dnl HICHAT_FLAGS(COMPILE|LINK, VARIABLE, FLAGS): sets VARIABLE to those FLAGS that the compiler
dnl (or linker) takes.  -Werror, because clang only warns about flags it does not know.
AC_DEFUN([HICHAT_FLAGS], [
	$2=
	for hichat_flag in m4_normalize([$3]); do
		AC_MSG_CHECKING([whether $CC takes $hichat_flag])
		hichat_saved_cflags=$CFLAGS
		CFLAGS="$CFLAGS -Werror $hichat_flag"
		m4_if([$1], [LINK],
		    [AC_LINK_IFELSE([AC_LANG_PROGRAM([], [])], [hichat_taken=yes], [hichat_taken=no])],
		    [AC_COMPILE_IFELSE([AC_LANG_PROGRAM([], [])], [hichat_taken=yes], [hichat_taken=no])])
		CFLAGS=$hichat_saved_cflags
		AC_MSG_RESULT([$hichat_taken])
		AS_IF([test $hichat_taken = yes], [$2="$$2 $hichat_flag"])
	done
])

dnl HICHAT_LIBRARY(PREFIX, PKG-CONFIG MODULE, DEBIAN PACKAGE): PREFIX_CFLAGS and PREFIX_LIBS, or
dnl one more word in $missing.
AC_DEFUN([HICHAT_LIBRARY], [
	PKG_CHECK_MODULES([$1], [$2], [], [missing="$missing $3"])
])

dnl HICHAT_SEARCH(PREFIX, HEADER, FUNCTION, LIBRARY, DEBIAN PACKAGE): the same for a library
dnl without a .pc file.
AC_DEFUN([HICHAT_SEARCH], [
	hichat_saved_libs=$LIBS
	hichat_present=yes
	AC_CHECK_HEADER([$2], [], [hichat_present=no])
	AC_CHECK_LIB([$4], [$3], [], [hichat_present=no])
	LIBS=$hichat_saved_libs
	AS_IF([test $hichat_present = yes], [$1_LIBS=-l$4], [missing="$missing $5"])
	AC_SUBST([$1_LIBS])
])
