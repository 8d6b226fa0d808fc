// Walks all directories there are, and writes where it can: that is its own tmpfs.
// expect: Exited 0
// leaves: nothing
#include "hostile.h"
static int ours(const char *dir)
{
	return !strncmp(dir, "/box/work", 9) || !strncmp(dir, "/box/tmp", 8) || !strncmp(dir, "/box/shm", 8) || !strncmp(dir, "/proc", 5);
}

static void walk(const char *dir, int depth)
{
	char path[PATH_MAX];
	struct dirent *entry;
	DIR *all = depth > 8 ? NULL : opendir(dir);
	snprintf(path, sizeof path, "%s/judged", dir);
	if (!ours(dir))
		REFUSED(open(path, O_CREAT | O_WRONLY, 0600));
	while (all && (entry = readdir(all))) {
		struct stat what;
		snprintf(path, sizeof path, "%s/%s", strcmp(dir, "/") ? dir : "", entry->d_name);
		if (!strcmp(entry->d_name, ".") || !strcmp(entry->d_name, "..") || lstat(path, &what) < 0)
			continue;
		if (S_ISDIR(what.st_mode))
			walk(path, depth + 1);
		else if (S_ISREG(what.st_mode) && !ours(path))
			REFUSED(open(path, O_WRONLY));
	}
	if (all)
		closedir(all);
}
int main(void)
{
	walk("/", 0);
	return 0;
}
