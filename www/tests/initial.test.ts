import assert from 'node:assert/strict';
import { test } from 'node:test';
import { byInitial, initialOf } from '../src/i18n/initial';

test('Chinese names stand under the letter of their pinyin', () => {
  const names: Record<string, string> = {
    A: '阿安敖艾',
    B: '包白毕卞波',
    C: '陈蔡曹程崔褚',
    D: '邓丁董杜戴',
    E: '鄂娥',
    F: '冯范方傅发',
    G: '高郭龚顾盖',
    H: '何胡黄韩哈',
    J: '江贾金蒋姜',
    K: '孔康柯咔',
    L: '李刘林梁罗',
    M: '马毛孟莫妈缪',
    N: '倪聂牛宁拿',
    O: '欧鸥',
    P: '潘彭裴朴',
    Q: '钱秦邱齐七',
    R: '任阮饶荣',
    S: '孙宋苏沈邵',
    T: '唐谭田汤他',
    W: '王吴魏汪挖',
    X: '徐许谢萧冼夕',
    Y: '杨叶于袁尹丫',
    Z: '张赵周郑朱邹',
  };
  for (const [letter, characters] of Object.entries(names))
    for (const character of characters)
      assert.equal(initialOf(`${character}小明`), letter, character);
});

test('family names are read as family names', () => {
  for (const [name, letter] of [
    ['曾国藩', 'Z'],
    ['单田芳', 'S'],
    ['解缙', 'X'],
    ['仇英', 'Q'],
    ['区大相', 'O'],
    ['查良镛', 'Z'],
    ['尉迟恭', 'Y'],
    ['尉健行', 'W'],
    ['长孙无忌', 'Z'],
  ] as const)
    assert.equal(initialOf(name), letter, name);
});

test('Latin letters lose their case and marks; everything else stands under #', () => {
  for (const [name, letter] of [
    ['bob', 'B'],
    ['  Émile', 'E'],
    ['Ångström', 'A'],
    ['7th', '#'],
    ['🦊', '#'],
    ['', '#'],
    ['ひろし', '#'],
    ['Жанна', '#'],
  ] as const)
    assert.equal(initialOf(name), letter, name);
});

test('sections are in the order of the alphabet, # last; names in the order of their pinyin', () => {
  const names = ['张三', '9 lives', 'zoe', '安娜', 'Bob', '波波', '包子', 'Anna', '李四', '阿明'];
  assert.deepEqual(
    byInitial(names, (name) => name).map(({ letter, items }) => `${letter}: ${items.join(' ')}`),
    ['A: 阿明 安娜 Anna', 'B: 包子 波波 Bob', 'L: 李四', 'Z: 张三 zoe', '#: 9 lives'],
  );
});
