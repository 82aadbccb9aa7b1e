/** The client against a server and a network with faults. */
@NullMarked
package io.github.pbxsdk.sip.faults;

import org.jspecify.annotations.NullMarked;
