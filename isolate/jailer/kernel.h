/*
 * kernel.h - system calls that return -errno. All jails of a jailer share its memory until exec,
 * and so would share the C library's errno.
 *
 * The jailer loads the programs' filter once, and all processes that it makes inherit it: loading
 * it for each jail would cost a tenth of the jail. Making jails needs some calls that the filter
 * refuses. It lets them pass if their sixth argument, which the kernel ignores, is the permit: 64
 * random bits that the judge draws and no program sees. docs/jail.md justifies it.
 */
#ifndef JUDGE_KERNEL_H
#define JUDGE_KERNEL_H

#include <stdint.h>
#include <sys/syscall.h>

#ifndef __x86_64__
#error "write kernel_call for this architecture, by syscall(2)"
#endif

static inline long kernel_call(long permit, long number, long a, long b, long c, long d, long e)
{
	register long r10 __asm__("r10") = d;
	register long r8 __asm__("r8") = e;
	register long r9 __asm__("r9") = permit;
	long result;
	__asm__ volatile("syscall"
			 : "=a"(result)
			 : "a"(number), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8), "r"(r9)
			 : "rcx", "r11", "memory");
	return result;
}

/*
 * kernel(number, arguments...): up to five arguments of any type that fits a register.
 * permitted(permit, number, arguments...): the same, past the filter.
 */
#define KERNEL_CALL(permit, number, a, b, c, d, e, ...) \
	kernel_call(permit, number, (long)(a), (long)(b), (long)(c), (long)(d), (long)(e))
#define kernel(...) KERNEL_CALL(0, __VA_ARGS__, 0, 0, 0, 0, 0, 0)
#define permitted(permit, ...) KERNEL_CALL(permit, __VA_ARGS__, 0, 0, 0, 0, 0, 0)

/* The kernel's struct clone_args, see clone(2): clone3. */
struct clone_request {
	uint64_t flags, pidfd, child_tid, parent_tid, exit_signal, stack, stack_size, tls, set_tid, set_tid_size, cgroup;
};

#ifndef CLONE_INTO_CGROUP
#define CLONE_INTO_CGROUP 0x200000000ull /* Linux 5.7 */
#endif

/*
 * clone3 past the filter. The child calls entry(argument) on its stack and does not return from it.
 * The C library has no clone3 with a stack or a permit.
 */
static inline long permitted_clone(long permit, const struct clone_request *request, int (*entry)(void *),
				   void *argument)
{
	register long r9 __asm__("r9") = permit;
	register long r12 __asm__("r12") = (long)entry;
	register long r13 __asm__("r13") = (long)argument;
	long result;
	__asm__ volatile("syscall\n\t"
			 "test %%rax, %%rax\n\t"
			 "jnz 1f\n\t"
			 "xor %%ebp, %%ebp\n\t" /* the outermost frame */
			 "mov %%r13, %%rdi\n\t"
			 "call *%%r12\n\t" /* the stack is aligned to 16 bytes before a call */
			 "ud2\n"
			 "1:"
			 : "=a"(result)
			 : "a"(SYS_clone3), "D"(request), "S"(sizeof *request), "r"(r9), "r"(r12), "r"(r13)
			 : "rcx", "r11", "memory");
	return result;
}

/* The errno of a result, 0 if there is none. */
static inline int errno_of(long result) { return result < 0 ? (int)-result : 0; }

#endif
