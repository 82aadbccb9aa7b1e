/** What is read from the database of a FreePBX, on a real MariaDB. */
@NullMarked
package io.github.pbxsdk.it.freepbx;

import org.jspecify.annotations.NullMarked;
