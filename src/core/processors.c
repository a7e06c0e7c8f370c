/* SPDX-License-Identifier: Apache-2.0 */
/* How many threads to start: processors that this process may use, or what Slurm gave the task, and
 * no more than the quota of its control groups. */
#include "core/processors.h"

#include "core/num.h"

#include <math.h>
#include <sched.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The first line of a file; false where there is none. */
static bool read_line(const char *path, char *line, int size)
{
    FILE *f = fopen(path, "re");
    bool done = f && fgets(line, size, f);
    if (f)
        fclose(f);
    return done;
}

/* "50000 100000" is half a processor, "max 100000" has no limit (cgroup v2, cpu.max). */
static double quota_v2(const char *group)
{
    char path[512], line[128];
    double quota, period;
    snprintf(path, sizeof path, "/sys/fs/cgroup%s/cpu.max", group);
    return read_line(path, line, sizeof line) && sscanf(line, "%lf %lf", &quota, &period) == 2 &&
                   quota > 0 && period > 0
               ? quota / period
               : INFINITY;
}

/* The least of this group's and of those above it. */
static double quota_of_groups(void)
{
    char line[384] = "", *group;
    double least = INFINITY;
    FILE *f = fopen("/proc/self/cgroup", "re");
    while (f && fgets(line, sizeof line, f) && strncmp(line, "0::", 3))
        line[0] = '\0';
    if (f)
        fclose(f);
    if (strncmp(line, "0::/", 4))
        return least;
    group = line + 3;
    group[strcspn(group, "\n")] = '\0';
    for (char *end = group + strlen(group); end && end >= group; end = strrchr(group, '/')) {
        *end = '\0';
        least = fmin(least, quota_v2(group));
    }
    return least;
}

/* Processors that the process may run on. */
static int by_affinity(void)
{
    cpu_set_t set;
    CPU_ZERO(&set);
    int n = sched_getaffinity(0, sizeof set, &set) ? 1 : CPU_COUNT(&set);
    return n < 1 ? 1 : n;
}

int hs_processors(int most)
{
    const char *slurm = getenv("SLURM_CPUS_PER_TASK");
    double n = by_affinity(), told, quota = quota_of_groups();
    if (slurm && hs_num_parse(slurm, &told) && told >= 1)
        n = told;
    if (quota < n)
        n = ceil(quota);
    n = fmin(floor(n), most);
    return n < 1 ? 1 : (int)n;
}
