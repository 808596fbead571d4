package org.kerege.tlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class MerkleTreeTest {

    /// The definition of RFC 6962 §2.1, by recursion over the entries.
    private static Hash naiveRoot(List<byte[]> entries) {
        if (entries.isEmpty()) {
            return Hash.OF_EMPTY_TREE;
        }
        if (entries.size() == 1) {
            return Hash.ofLeaf(entries.getFirst());
        }
        int k = 1;
        while (2 * k < entries.size()) {
            k *= 2;
        }
        return Hash.ofNode(
                naiveRoot(entries.subList(0, k)), naiveRoot(entries.subList(k, entries.size())));
    }

    @Test
    void has_the_root_that_the_definition_gives_at_every_size() {
        List<byte[]> entries = Samples.entries(300);
        MerkleTree tree = Samples.tree(300);
        CompactRange edge = new CompactRange();
        for (int size = 0; size <= 300; size++) {
            assertThat(tree.root(size)).isEqualTo(naiveRoot(entries.subList(0, size)));
            assertThat(edge.root()).isEqualTo(tree.root(size));
            edge.append(Hash.ofLeaf(Samples.entry(size)));
        }
    }

    @Test
    void proves_every_leaf_of_every_small_tree() {
        MerkleTree tree = Samples.tree(70);
        for (int size = 1; size <= 70; size++) {
            for (int index = 0; index < size; index++) {
                assertThat(
                                MerkleProof.includes(
                                        Hash.ofLeaf(Samples.entry(index)),
                                        index,
                                        size,
                                        tree.root(size),
                                        tree.inclusionProof(index, size)))
                        .isTrue();
            }
        }
    }

    @Test
    void proves_that_every_small_tree_begins_every_larger_one() {
        MerkleTree tree = Samples.tree(70);
        for (int newSize = 0; newSize <= 70; newSize++) {
            for (int oldSize = 0; oldSize <= newSize; oldSize++) {
                assertThat(
                                MerkleProof.extendsTree(
                                        oldSize,
                                        tree.root(oldSize),
                                        newSize,
                                        tree.root(newSize),
                                        tree.consistencyProof(oldSize, newSize)))
                        .isTrue();
            }
        }
    }

    @Property(tries = 300)
    void refuses_a_proof_with_one_bit_turned(
            @ForAll @IntRange(min = 2, max = 500) int size,
            @ForAll @IntRange(min = 0, max = 1_000_000) int where) {
        MerkleTree tree = Samples.tree(size);
        int index = where % size;
        List<Hash> proof = new ArrayList<>(tree.inclusionProof(index, size));
        int at = where % proof.size();
        byte[] turned = proof.get(at).bytes();
        turned[where % Hash.BYTES] ^= 1;
        proof.set(at, Hash.of(turned));
        assertThat(
                        MerkleProof.includes(
                                Hash.ofLeaf(Samples.entry(index)), index, size, tree.root(), proof))
                .isFalse();
    }

    @Property(tries = 300)
    void refuses_to_extend_a_tree_that_differs_in_one_entry(
            @ForAll @IntRange(min = 1, max = 300) int oldSize,
            @ForAll @IntRange(min = 0, max = 200) int more,
            @ForAll @IntRange(min = 0, max = 299) int where) {
        MerkleTree honest = Samples.tree(oldSize);
        MerkleTree forked = new MerkleTree();
        for (int i = 0; i < oldSize + more; i++) {
            forked.append(i == where % oldSize ? Samples.entry(-1) : Samples.entry(i));
        }
        assertThat(
                        MerkleProof.extendsTree(
                                oldSize,
                                honest.root(),
                                forked.size(),
                                forked.root(),
                                forked.consistencyProof(oldSize, forked.size())))
                .isFalse();
    }

    @Test
    void an_edge_goes_on_from_its_hashes() {
        CompactRange whole = new CompactRange();
        for (int i = 0; i < 37; i++) {
            whole.append(Hash.ofLeaf(Samples.entry(i)));
        }
        CompactRange again = new CompactRange(37, whole.hashes());
        again.append(Hash.ofLeaf(Samples.entry(37)));
        assertThat(again.root()).isEqualTo(Samples.tree(38).root());
        assertThatThrownBy(() -> new CompactRange(36, whole.hashes()))
                .isInstanceOf(MalformedLog.class);
    }

    @Test
    void asks_for_sizes_that_the_tree_has() {
        MerkleTree tree = Samples.tree(5);
        assertThatThrownBy(() -> tree.root(6)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> tree.inclusionProof(5, 5))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> tree.consistencyProof(4, 3))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }
}
