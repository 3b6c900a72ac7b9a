/**
 * People as the register knows them: opaque ids, and names that only a key outside the log reads.
 */
@NullMarked
package dev.cadastre.command.people.model;

import org.jspecify.annotations.NullMarked;
