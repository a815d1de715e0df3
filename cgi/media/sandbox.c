/* Limits of the kernel (setrlimit) and a list of system calls (seccomp). */
#include "sandbox.h"

#include <errno.h>
#include <seccomp.h>
#include <sys/resource.h>

static bool limit(int resource, rlim_t most)
{
	const struct rlimit both = {most, most};

	return setrlimit(resource, &both) == 0;
}

static bool limit_all(size_t memory, unsigned seconds)
{
#ifndef __SANITIZE_ADDRESS__ /* which maps terabytes, and uses few of them */
	if (!limit(RLIMIT_AS, memory))
		return false;
#else
	(void)memory;
#endif
	return limit(RLIMIT_CPU, seconds) && limit(RLIMIT_FSIZE, 0) && limit(RLIMIT_CORE, 0);
}

/* Threads, memory, time, and what is open already. */
static const int allowed[] = {SCMP_SYS(read), SCMP_SYS(pread64), SCMP_SYS(write), SCMP_SYS(writev),
    SCMP_SYS(lseek), SCMP_SYS(fstat), SCMP_SYS(newfstatat), SCMP_SYS(close), SCMP_SYS(dup),
    SCMP_SYS(fcntl), SCMP_SYS(mmap), SCMP_SYS(munmap), SCMP_SYS(mremap), SCMP_SYS(mprotect),
    SCMP_SYS(madvise), SCMP_SYS(brk), SCMP_SYS(clone), SCMP_SYS(clone3), SCMP_SYS(futex),
    SCMP_SYS(set_robust_list), SCMP_SYS(rseq), SCMP_SYS(set_tid_address), SCMP_SYS(sched_yield),
    SCMP_SYS(sched_getaffinity), SCMP_SYS(rt_sigaction), SCMP_SYS(rt_sigprocmask),
    SCMP_SYS(rt_sigreturn), SCMP_SYS(sigaltstack), SCMP_SYS(clock_gettime),
    SCMP_SYS(clock_nanosleep), SCMP_SYS(gettimeofday), SCMP_SYS(getpid), SCMP_SYS(gettid),
    SCMP_SYS(getrandom), SCMP_SYS(prctl), SCMP_SYS(exit), SCMP_SYS(exit_group)};

bool sandbox_enter(size_t memory, unsigned seconds)
{
	scmp_filter_ctx filter;
	bool entered = limit_all(memory, seconds);

	filter = seccomp_init(SCMP_ACT_ERRNO(EPERM));
	entered = entered && filter != NULL;
	for (size_t i = 0; entered && i < sizeof(allowed) / sizeof(allowed[0]); i++)
		entered = seccomp_rule_add(filter, SCMP_ACT_ALLOW, allowed[i], 0) == 0;
	entered = entered && seccomp_load(filter) == 0;
	seccomp_release(filter);
	return entered;
}
