/*
 * kernel.h - system calls that return -errno. All jails of a jailer share its memory until exec, and so would share the one
 * errno of the C library.
 */
#ifndef JUDGE_KERNEL_H
#define JUDGE_KERNEL_H

#include <sys/syscall.h>

#ifndef __x86_64__
#error "write kernel_call for this architecture, by syscall(2)"
#endif

static inline long kernel_call(long number, long a, long b, long c, long d, long e)
{
	register long r10 __asm__("r10") = d;
	register long r8 __asm__("r8") = e;
	long result;
	__asm__ volatile("syscall"
			 : "=a"(result)
			 : "a"(number), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8)
			 : "rcx", "r11", "memory");
	return result;
}

/* kernel(number, arguments...): up to five of any type that fits a register. */
#define KERNEL_CALL(number, a, b, c, d, e, ...) kernel_call(number, (long)(a), (long)(b), (long)(c), (long)(d), (long)(e))
#define kernel(...) KERNEL_CALL(__VA_ARGS__, 0, 0, 0, 0, 0, 0)

/* The errno of a result, 0 when there is none. */
static inline int errno_of(long result) { return result < 0 ? (int)-result : 0; }

#endif
