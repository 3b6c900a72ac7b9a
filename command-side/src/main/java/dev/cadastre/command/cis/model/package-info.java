/** Configuration items: what can be asked of one, and the rules that decide. */
@NullMarked
package dev.cadastre.command.cis.model;

import org.jspecify.annotations.NullMarked;
