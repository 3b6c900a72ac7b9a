package dev.cadastre.query.temporal;

import java.util.Arrays;

/** Keeps the first so many of the rows it is given, in an order: a heap with the last on top. */
final class FirstRows {

    private final RowOrder order;
    private final int capacity;
    private int[] heap = new int[16];
    private int size;

    FirstRows(RowOrder order, int capacity) {
        this.order = order;
        this.capacity = capacity;
    }

    void add(int row) {
        if (size < capacity) {
            if (size == heap.length) {
                heap = Arrays.copyOf(heap, size * 2);
            }
            heap[size] = row;
            rise(size++);
        } else if (capacity > 0 && order.compare(row, heap[0]) < 0) {
            heap[0] = row;
            sink(size);
        }
    }

    private void rise(int from) {
        int place = from;
        int row = heap[place];
        while (place > 0 && order.compare(row, heap[(place - 1) / 2]) > 0) {
            heap[place] = heap[(place - 1) / 2];
            place = (place - 1) / 2;
        }
        heap[place] = row;
    }

    private void sink(int end) {
        int place = 0;
        int row = heap[0];
        for (int child = 1; child < end; child = 2 * place + 1) {
            if (child + 1 < end && order.compare(heap[child + 1], heap[child]) > 0) {
                child++;
            }
            if (order.compare(row, heap[child]) >= 0) {
                break;
            }
            heap[place] = heap[child];
            place = child;
        }
        heap[place] = row;
    }

    /** The rows kept, in order; ends the use of this heap. */
    int[] inOrder() {
        for (int end = size - 1; end > 0; end--) {
            int last = heap[0];
            heap[0] = heap[end];
            sink(end);
            heap[end] = last;
        }
        return Arrays.copyOf(heap, size);
    }
}
