/* SPDX-License-Identifier: Apache-2.0 */
/* How many processors this process may use. */
#ifndef HS_CORE_PROCESSORS_H
#define HS_CORE_PROCESSORS_H

/* From 1 to `most`: what Slurm gave the task (SLURM_CPUS_PER_TASK), else those it may run on by
 * affinity, and no more than the quota of its control groups pays for. */
int hs_processors(int most);

#endif
