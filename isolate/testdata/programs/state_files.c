// Leaves files for the next run, wherever it can write.
// expect: Exited 0
// runs: 3
// leaves: nothing
#include "hostile.h"
int main(void)
{
	const char *places[] = { "word", "/tmp/word", "/dev/shm/word", "/box/word" };
	for (int i = 0; i < 4; i++) {
		if (access(places[i], F_OK) == 0)
			HOLE("%s is left\n", places[i]);
		close(open(places[i], O_CREAT | O_WRONLY, 0666));
	}
	return 0;
}
