# SPDX-License-Identifier: Apache-2.0
# The program, what it prints about itself (manual page and shell completions), and what a
# user starts from: the schema of audit.json, an example, the units for a nightly run.
set(HS_ABOUT ${CMAKE_CURRENT_BINARY_DIR}/about)
file(MAKE_DIRECTORY ${HS_ABOUT})
set(HS_ABOUT_FILES "")
foreach(about man:hindsight.1 bash:hindsight zsh:_hindsight fish:hindsight.fish)
    string(REPLACE ":" ";" about ${about})
    list(GET about 0 kind)
    list(GET about 1 name)
    add_custom_command(OUTPUT ${HS_ABOUT}/${name} DEPENDS hindsight
        COMMAND hindsight generate ${kind} > ${HS_ABOUT}/${name} VERBATIM)
    list(APPEND HS_ABOUT_FILES ${HS_ABOUT}/${name})
endforeach()
add_custom_target(about ALL DEPENDS ${HS_ABOUT_FILES})

install(TARGETS hindsight)
install(FILES ${HS_ABOUT}/hindsight.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
install(FILES ${HS_ABOUT}/hindsight
        DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions)
install(FILES ${HS_ABOUT}/_hindsight DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/site-functions)
install(FILES ${HS_ABOUT}/hindsight.fish
        DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d)
install(FILES ${CMAKE_CURRENT_SOURCE_DIR}/docs/audit.schema.json
        DESTINATION ${CMAKE_INSTALL_DATADIR}/hindsight)
install(DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR}/examples DESTINATION ${CMAKE_INSTALL_DOCDIR})
# The pages, in the folders of the sources, so that their links lead from one to the other.
install(FILES ${CMAKE_CURRENT_SOURCE_DIR}/README.md ${CMAKE_CURRENT_SOURCE_DIR}/CHANGELOG.md
              ${CMAKE_CURRENT_SOURCE_DIR}/ARCHITECTURE.md ${CMAKE_CURRENT_SOURCE_DIR}/CONTRIBUTING.md
              ${CMAKE_CURRENT_SOURCE_DIR}/cmake/copyright
        DESTINATION ${CMAKE_INSTALL_DOCDIR} COMPONENT pages)
install(DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR}/docs DESTINATION ${CMAKE_INSTALL_DOCDIR}
        COMPONENT pages FILES_MATCHING PATTERN *.md PATTERN *.csv PATTERN *.png)
file(GLOB HS_UNITS CONFIGURE_DEPENDS scripts/systemd/*)
install(FILES ${HS_UNITS} DESTINATION lib/systemd/system)
