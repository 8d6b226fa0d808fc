/* Answers before it is asked, without end. */
#include <stdio.h>
int main(void)
{
	for (;;)
		puts("12345678901234567890");
}
