// Makes a 32-bit system call.
// expect: BadSyscall or Signaled SIGSEGV
int main(void)
{
	int result;
	__asm__ volatile("int $0x80" : "=a"(result) : "a"(20) : "memory");
	return result;
}
