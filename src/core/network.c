/* SPDX-License-Identifier: Apache-2.0 */
/* For run/state.c, which keeps its store and lock in a folder of the user: the kind of its file
 * system by the magic number that statfs(2) gives, and whether a lock there keeps out a second
 * holder. */
#include "core/network.h"

#include <fcntl.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/file.h>
#include <sys/vfs.h>
#include <unistd.h>

/* By statfs(2) and linux/magic.h; Lustre, GPFS, BeeGFS and Panasas by their own sources. */
static const struct kind {
    uint32_t type;
    const char *name;
} kinds[] = {
    {0x00006969, "NFS"},    {0xff534d42, "CIFS"}, {0xfe534d42, "SMB2"},  {0x0000517b, "SMB"},
    {0x0bd00bd0, "Lustre"}, {0x65735546, "FUSE"}, {0x47504653, "GPFS"},  {0x19830326, "BeeGFS"},
    {0x00c36400, "Ceph"},   {0x5346414f, "AFS"},  {0x01021997, "9P"},    {0x73757245, "Coda"},
    {0x7461636f, "OCFS2"},  {0x01161970, "GFS2"}, {0xaad7aaea, "PanFS"}, {0x786f4256, "VirtualBox"},
};

/* NULL for a local file system, or one that is not known. */
const char *hs_network_name(int fd)
{
    struct statfs st;
    if (fstatfs(fd, &st))
        return NULL;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if ((uint32_t)st.f_type == kinds[i].type)
            return kinds[i].name;
    return NULL;
}

/* Tries to take the lock a second time, by another descriptor: a lock that keeps nobody out lets
 * that happen. */
bool hs_network_locks(int dir, const char *name)
{
    int fd = openat(dir, name, O_RDWR | O_CLOEXEC | O_NOFOLLOW);
    bool keeps_out = fd < 0 || flock(fd, LOCK_EX | LOCK_NB) != 0;
    if (fd >= 0)
        close(fd);
    return keeps_out;
}
