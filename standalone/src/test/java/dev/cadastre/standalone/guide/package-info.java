/** What the guide shows is run, and what it says is what happens. */
@NullMarked
package dev.cadastre.standalone.guide;

import org.jspecify.annotations.NullMarked;
