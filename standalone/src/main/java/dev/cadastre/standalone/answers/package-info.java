/** What the commands share that show what a server answers. */
@NullMarked
package dev.cadastre.standalone.answers;

import org.jspecify.annotations.NullMarked;
