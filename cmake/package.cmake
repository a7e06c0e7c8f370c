# SPDX-License-Identifier: Apache-2.0
# A Debian package by cpack; its dependencies are those of the libraries it was linked with.
# See scripts/package.
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME hindsight)
set(CPACK_PACKAGE_VERSION ${PROJECT_VERSION})
set(CPACK_PACKAGE_CONTACT "The hindsight authors <hindsight@localhost>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "audits a back catalogue of masters and mixes")
set(CPACK_PACKAGE_DESCRIPTION "Listens to released masters and the mixes that were sent to mastering, lists\nwhat is out of balance, what was already in the mix, what comes back record\nafter record, and which few tracks are worth re-issuing.")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_SECTION sound)
set(CPACK_DEBIAN_PACKAGE_SUGGESTS "bsd-mailx, systemd")
include(CPack)
