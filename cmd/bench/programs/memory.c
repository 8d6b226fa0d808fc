/* Half a second of random access to 256 MiB; with HUGE in huge pages, as far as the host has them. */
#define _GNU_SOURCE
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>

enum { WORDS = 256 << 17 }; /* of 8 bytes */

int main(void)
{
	uint64_t *words = malloc(WORDS * sizeof *words), x = 88172645463325252u, sum = 0;
	if (!words)
		return 1;
#ifdef HUGE
	madvise((void *)((uintptr_t)words & -4096), WORDS * sizeof *words, MADV_HUGEPAGE);
#endif
	for (int i = 0; i < WORDS; i++)
		words[i] = i;
	for (int i = 0; i < 20000000; i++) {
		x ^= x << 13;
		x ^= x >> 7;
		x ^= x << 17;
		sum += words[x % WORDS]++;
	}
	printf("%llu\n", (unsigned long long)sum);
}
