/* Kills itself by abort when the word does not fit: SIGABRT. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int main(void)
{
	char line[64], word[17], edge[20];
	if (!fgets(line, sizeof line, stdin))
		return 1;
	line[strcspn(line, "\n")] = '\0';
	if (strlen(line) >= sizeof word)
		abort();
	strcpy(word, line);
	memset(edge, '-', sizeof edge);
	edge[strlen(word) + 2] = '\0';
	printf("+%s+\n| %s |\n+%s+\n", edge, word, edge);
	return 0;
}
