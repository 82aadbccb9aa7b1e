package io.github.pbxsdk.core.internal.state;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;

/** What a log asks of the file system; the place where tests let disks fail. */
public interface StateFiles {

    /** Tells whether there is such a file. */
    boolean exists(Path path);

    /** Opens a file for reading and writing and creates it when there is none. */
    LogFile open(Path path) throws IOException;

    /** Puts a file in the place of another one, in one step. */
    void replace(Path source, Path target) throws IOException;

    /** Deletes a file, if there is one. */
    void delete(Path path) throws IOException;

    /** Waits until the names in a folder are on the disk. */
    void syncFolder(Path folder) throws IOException;

    /** A file that is read and written at any place. */
    interface LogFile extends Closeable {

        /** Returns the length in bytes. */
        long length() throws IOException;

        /** Reads as many bytes as there are, up to the length of the array, and tells how many. */
        int read(long position, byte[] bytes) throws IOException;

        /** Writes all bytes. */
        void write(long position, byte[] bytes) throws IOException;

        /** Cuts off what follows. */
        void truncate(long length) throws IOException;

        /** Waits until everything is on the disk. */
        void sync() throws IOException;
    }
}
