/** Spring wiring of the command side. */
@NullMarked
package dev.cadastre.command.config;

import org.jspecify.annotations.NullMarked;
